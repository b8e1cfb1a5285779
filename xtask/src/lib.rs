//! Work of the repository that is no part of the program.

pub mod example;
