//! desk pages.

use crate::Route;

/// The pages.
pub const ROUTES: &[Route] = &[];
