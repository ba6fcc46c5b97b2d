//! Units: the tree of unions, from the province to the enterprise.

pub mod credit_code;
