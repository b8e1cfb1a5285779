//! Made-up recordings: a few notes, then silence with a short tone every ten seconds. MP3 with one line of the
//! spectrum at most, written bit by bit; the same number always gives the same bytes.

/// Bytes of a frame: MPEG 2 Layer III, 16 kHz, 8 kbit/s, one channel.
const FRAME: usize = 36;
/// Samples of a frame, and in a second.
const SAMPLES: usize = 576;
const RATE: usize = 16_000;
/// Lines of the spectrum, 13.9 Hz apart: the notes of a chord.
const NOTES: [u32; 4] = [28, 36, 42, 56];

/// Bits, the first one the highest of its byte.
struct Bits {
    bytes: [u8; FRAME],
    at: usize,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        for bit in (0..count).rev() {
            if let Some(byte) = self.bytes.get_mut(self.at / 8) {
                *byte |= u8::from((value >> bit) & 1 == 1) << (7 - self.at % 8);
            }
            self.at += 1;
        }
    }
}

/// A frame that sounds on this line of the spectrum, or is silent.
fn frame(line: Option<u32>) -> [u8; FRAME] {
    let mut bits = Bits { bytes: [0; FRAME], at: 0 };
    bits.put(0xFFF3_18C4, 32);
    // Nothing is borrowed from the frame before.
    bits.put(0, 9);
    let pairs = line.map(|line| line / 2);
    bits.put(pairs.map_or(0, |pairs| pairs + 3), 12);
    bits.put(pairs.map_or(0, |pairs| pairs + 1), 9);
    // Gain, no scale factors, one long window, table 1 for all regions.
    bits.put(194, 8);
    bits.put(0, 10);
    bits.put((1 << 10) | (1 << 5) | 1, 15);
    bits.put(7, 4);
    bits.put(7, 3);
    bits.put(0, 2);
    if let Some(pairs) = pairs {
        // A pair of zeros is `1`; one and zero is `01`, then the sign.
        (0..pairs).for_each(|_| bits.put(1, 1));
        bits.put(0b010, 3);
    }
    bits.bytes
}

/// A recording of so many seconds; `number` makes it another one.
pub(super) fn recording(seconds: usize, number: usize) -> Vec<u8> {
    let title = format!("Am thanh minh hoa {number}");
    let length = u8::try_from(title.len() + 1).unwrap_or(0);
    let tag =
        [b"ID3\x03\0\0\0\0\0", &[length + 10][..], b"TIT2\0\0\0", &[length], b"\0\0\0", title.as_bytes()];
    let frames = (seconds * RATE).div_ceil(SAMPLES);
    let per_second = RATE.div_ceil(SAMPLES);
    let sounds = (0..frames).map(|at| {
        let (second, within) = (at / per_second, at % per_second);
        let note = NOTES.iter().cycle().nth(second + number).copied();
        frame(note.filter(|_| second < 4 || (second % 10 == 0 && within < per_second / 2)))
    });
    [tag.concat(), sounds.flatten().collect()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_lasts_as_long_as_was_asked_and_is_always_the_same() {
        for seconds in [1, 95, 312] {
            let bytes = recording(seconds, 1);
            let read = reading::sound::seconds(&bytes, &reading::Limits::default());
            assert_eq!(read, Ok(u32::try_from(seconds).ok()));
            assert_eq!(bytes, recording(seconds, 1));
            assert_ne!(bytes, recording(seconds, 2));
        }
    }
}
