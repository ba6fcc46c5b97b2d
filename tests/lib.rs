//! The core seen from outside: this crate's only product is its one test binary, `main.rs`.
