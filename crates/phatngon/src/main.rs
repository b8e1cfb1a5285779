//! phatngon
fn main() {}
