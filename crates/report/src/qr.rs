//! The QR code that leads from paper to the public page of the figures.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// Light modules around the code, as the standard asks.
const QUIET: usize = 4;
/// Pixels of one module in the PNG.
const PIXELS: usize = 6;

/// A code as rows of modules, `true` is dark, with the quiet zone.
pub(crate) struct Modules {
    pub(crate) width: usize,
    dark: Vec<bool>,
}

/// The code of a link; `None` when it is too long for one.
pub(crate) fn modules(link: &str) -> Option<Modules> {
    let code = QrCode::with_error_correction_level(link.as_bytes(), EcLevel::M).ok()?;
    let inner = code.width();
    let colours = code.to_colors();
    let width = inner + 2 * QUIET;
    let mut dark = vec![false; width * width];
    for (index, colour) in colours.iter().enumerate() {
        let (row, column) = (index / inner + QUIET, index % inner + QUIET);
        dark[row * width + column] = *colour == Color::Dark;
    }
    Some(Modules { width, dark })
}

impl Modules {
    /// As SVG, one unit for a module.
    pub(crate) fn svg(&self) -> String {
        let mut path = String::new();
        for (index, _) in self.dark.iter().enumerate().filter(|(_, dark)| **dark) {
            let _ = write!(path, "M{} {}h1v1h-1z", index % self.width, index / self.width);
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" width=\"{0}\" height=\"{0}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{0}v{0}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>",
            self.width
        )
    }

    /// As a grey PNG, and its width in pixels.
    pub(crate) fn png(&self) -> Result<(Vec<u8>, u32), png::EncodingError> {
        let side = self.width * PIXELS;
        let pixels: Vec<u8> = (0..side * side)
            .map(|index| {
                let (row, column) = (index / side / PIXELS, index % side / PIXELS);
                if self.dark[row * self.width + column] { 0 } else { 255 }
            })
            .collect();
        let side_pixels = u32::try_from(side).unwrap_or(u32::MAX);
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, side_pixels, side_pixels);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&pixels)?;
        writer.finish()?;
        Ok((bytes, side_pixels))
    }
}
