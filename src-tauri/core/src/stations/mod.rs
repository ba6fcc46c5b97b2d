//! Stations: 驿站 and the other places of service.

pub mod coordinates;
