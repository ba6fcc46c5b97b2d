//! People: natural persons, each once, whatever roles they have.

pub mod id_number;
pub mod name;
pub mod phone;
pub mod retirement;
pub mod sex;
