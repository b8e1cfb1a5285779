//! The length of recordings: of whole ones, and what broken and lying ones do.

#![expect(clippy::unwrap_used, reason = "what cannot be made fails the test")]

use reading::sound::seconds;
use reading::{Limits, Refused};

fn length(bytes: &[u8]) -> Option<u32> {
    seconds(bytes, &Limits::default()).unwrap()
}

/// Silence: frames of 36 ms, MPEG 1 Layer III, 32 kHz, 32 kbit/s, one channel.
fn mp3(frames: usize) -> Vec<u8> {
    let mut frame = [0; 144];
    frame[..4].copy_from_slice(&[0xFF, 0xFB, 0x18, 0xC4]);
    frame.repeat(frames)
}

fn wav(seconds: u32) -> Vec<u8> {
    let size = seconds * 8_000;
    let mut file = b"RIFF".to_vec();
    file.extend((36 + size).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(8_000_u32.to_le_bytes());
    file.extend(8_000_u32.to_le_bytes());
    file.extend(b"\x01\0\x08\0data");
    file.extend(size.to_le_bytes());
    file.resize(file.len() + size as usize, 128);
    file
}

fn checksum(page: &[u8]) -> u32 {
    page.iter().fold(0, |sum, byte| {
        (0..8).fold(sum ^ (u32::from(*byte) << 24), |sum, _| {
            if sum & 0x8000_0000 == 0 { sum << 1 } else { (sum << 1) ^ 0x04C1_1DB7 }
        })
    })
}

fn page(flags: u8, granule: u64, number: u32, packets: &[Vec<u8>]) -> Vec<u8> {
    let mut page = b"OggS\0".to_vec();
    page.push(flags);
    page.extend(granule.to_le_bytes());
    page.extend(7_u32.to_le_bytes());
    page.extend(number.to_le_bytes());
    page.extend([0; 4]);
    page.push(u8::try_from(packets.len()).unwrap());
    page.extend(packets.iter().map(|packet| u8::try_from(packet.len()).unwrap()));
    page.extend(packets.concat());
    let sum = checksum(&page);
    page[22..26].copy_from_slice(&sum.to_le_bytes());
    page
}

/// Opus: fifty packets of 20 ms a page.
fn ogg(seconds: u32) -> Vec<u8> {
    let head = b"OpusHead\x01\x01\0\0\x80\xBB\0\0\0\0\0".to_vec();
    let tags = b"OpusTags\0\0\0\0\0\0\0\0".to_vec();
    let mut file = page(2, 0, 0, &[head]);
    file.extend(page(0, 0, 1, &[tags]));
    for second in 1..=seconds {
        let flags = if second == seconds { 4 } else { 0 };
        file.extend(page(flags, u64::from(second) * 48_000, second + 1, &vec![vec![0x78, 0, 0]; 50]));
    }
    file
}

fn part(name: &str, content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).unwrap();
    [&size.to_be_bytes()[..], name.as_bytes(), content].concat()
}

fn words(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// A track of `samples` samples of 4 bytes, each of 1,024 ticks of 16,000 in a second; `told` are said to be there.
fn m4a(samples: u32, told: u32) -> Vec<u8> {
    let ticks = told.saturating_mul(1_024);
    let file = part("ftyp", b"M4A \0\0\0\0M4A isom");
    let matrix = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];
    let movie = [&[0, 0, 0, 16_000, ticks, 0x1_0000, 0x0100_0000, 0, 0][..], &matrix, &[0; 6], &[2]].concat();
    let head = [&[7, 0, 0, 1, 0, ticks, 0, 0, 0, 0][..], &matrix, &[0, 0]].concat();
    let media = part("mdhd", &words(&[0, 0, 0, 16_000, ticks, 0x55C4_0000]));
    let handler = part("hdlr", &[&words(&[0, 0])[..], b"soun", &[0; 13]].concat());
    let config: &[u8] = &[
        0, 0, 0, 0, 3, 25, 0, 0, 0, 4, 17, 0x40, 0x15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 2, 0x14, 0x08, 6,
        1, 2,
    ];
    let entry =
        [&[0, 0, 0, 0, 0, 0, 0, 1][..], &[0; 8], &[0, 1, 0, 16, 0, 0, 0, 0], &[0x3E, 0x80, 0, 0]].concat();
    let entry = part("mp4a", &[entry, part("esds", config)].concat());
    let table = [
        part("stsd", &[words(&[0, 1]), entry].concat()),
        part("stts", &words(&[0, 1, told, 1_024])),
        part("stsc", &words(&[0, 1, 1, told, 1])),
        part("stsz", &words(&[0, 4, told])),
        part("stco", &words(&[0, 1, 0])),
    ]
    .concat();
    let build = |table: &[u8]| {
        let info = [
            part("smhd", &words(&[0, 0])),
            part("dinf", &part("dref", &[words(&[0, 1]), part("url ", &words(&[1]))].concat())),
            part("stbl", table),
        ];
        let media = [media.clone(), handler.clone(), part("minf", &info.concat())].concat();
        let track = [part("tkhd", &words(&head)), part("mdia", &media)].concat();
        [file.clone(), part("moov", &[part("mvhd", &words(&movie)), part("trak", &track)].concat())].concat()
    };
    // The place of the first sample: behind everything and the head of its part.
    let place = u32::try_from(build(&table).len() + 8).unwrap().to_be_bytes();
    let mut table = table;
    let end = table.len();
    table[end - 4..].copy_from_slice(&place);
    [build(&table), part("mdat", &vec![0; 4 * samples as usize])].concat()
}

#[test]
fn the_length_of_each_kind_is_counted() {
    // 250 frames are nine seconds.
    assert_eq!(length(&mp3(250)), Some(9));
    assert_eq!(length(&[b"ID3\x03\0\0\0\0\0\x04TIT2".to_vec(), mp3(8_667)].concat()), Some(312));
    assert_eq!(length(&mp3(10)), Some(1));
    assert_eq!(length(&wav(5)), Some(5));
    assert_eq!(length(&ogg(61)), Some(61));
    // 125 samples of 64 ms.
    assert_eq!(length(&m4a(125, 125)), Some(8));
}

#[test]
fn a_head_that_lies_is_not_believed() {
    // Says four billion samples and holds five.
    assert_eq!(length(&m4a(5, u32::MAX)), None);
    assert_eq!(length(&m4a(5, 1_000_000)), None);
    let mut long = wav(2);
    long[40..44].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(length(&long).is_none_or(|seconds| seconds <= 2));
}

#[test]
fn what_is_no_recording_has_no_length_and_breaks_nothing() {
    let limits = Limits { bytes: 100, ..Limits::default() };
    assert_eq!(seconds(b"", &limits), Err(Refused::Empty));
    assert_eq!(seconds(&mp3(1), &limits), Err(Refused::TooLarge));
    for bytes in [&b"ID3\x03\0\0\0\0\0\0x"[..], b"<html></html>", b"OggS", &[0xFF; 5_000], &[0; 5_000]] {
        assert_eq!(length(bytes), None);
    }
}

#[test]
fn cut_and_changed_recordings_end_with_a_length_or_without() {
    let mut seed: u64 = 7;
    let mut chance = move |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % most
    };
    for whole in [mp3(120), wav(2), ogg(4), m4a(125, 125)] {
        for _ in 0..200 {
            let mut bytes = whole.clone();
            for _ in 0..=chance(8) {
                let at = chance(bytes.len());
                bytes[at] = u8::try_from(chance(256)).unwrap();
            }
            bytes.truncate(1 + chance(bytes.len()));
            assert!(length(&bytes).is_none_or(|seconds| seconds < 24 * 60 * 60 + 1));
        }
    }
}
