//! How long a recording is: its packets are counted, so that no header is believed. Nothing is decoded.

use std::io::Cursor;
use std::panic::catch_unwind;

use symphonia::core::common::Limit;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

use crate::limits::{Limits, Refused};

/// What says it lasts longer than a day is not believed.
const LONGEST: u64 = 24 * 60 * 60;

/// Packets that are counted: a day of the shortest ones.
const MOST_PACKETS: usize = 40_000_000;

/// The length of an MP3, M4A, OGG or WAV file in whole seconds, at least one. None when the bytes do not say.
///
/// # Errors
/// [`Refused::Empty`], [`Refused::TooLarge`].
pub fn seconds(bytes: &[u8], limits: &Limits) -> Result<Option<u32>, Refused> {
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(Refused::TooLarge);
    }
    // The demuxers panic over some damaged files.
    let counted = catch_unwind(|| open(bytes.to_vec()).and_then(|mut reader| count(reader.as_mut())));
    Ok(counted.unwrap_or(None))
}

fn open(bytes: Vec<u8>) -> Option<Box<dyn FormatReader>> {
    let stream = MediaSourceStream::new(Box::new(Cursor::new(bytes)), MediaSourceStreamOptions::default());
    // Titles and covers are of no use here.
    let about = MetadataOptions::default()
        .limit_tag_bytes(Limit::Maximum(64 << 10))
        .limit_visual_bytes(Limit::Maximum(64 << 10));
    symphonia::default::get_probe().probe(&Hint::new(), stream, FormatOptions::default(), about).ok()
}

fn count(reader: &mut dyn FormatReader) -> Option<u32> {
    let track = reader.default_track(TrackType::Audio)?;
    let (id, base) = (track.id, track.time_base?);
    let (numer, denom) = (u64::from(base.numer.get()), u64::from(base.denom.get()));
    let mut ticks: u64 = 0;
    for _ in 0..MOST_PACKETS {
        match reader.next_packet() {
            Ok(Some(packet)) if packet.track_id == id => ticks = ticks.checked_add(packet.dur.get())?,
            Ok(Some(_)) => {}
            Ok(None) => {
                let rounded = ticks.checked_mul(numer)?.checked_add(denom / 2)? / denom;
                return (ticks > 0 && rounded <= LONGEST).then(|| u32::try_from(rounded.max(1)).ok())?;
            }
            // What stands behind the break is not known.
            Err(_) => return None,
        }
    }
    None
}
