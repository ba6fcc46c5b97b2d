//! Whole numbers with a unit of their own.

use serde::{Deserialize, Serialize};

use super::{Cell, Kind, Value};

macro_rules! whole {
    ($(#[$doc:meta])* $name:ident, $kind:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub i64);

        impl Value for $name {
            const KIND: Kind = $kind;

            fn to_cell(&self) -> Cell {
                Cell::Int(self.0)
            }

            fn from_cell(cell: Cell) -> Option<Self> {
                cell.int().map(Self)
            }
        }
    };
}

whole!(
    /// An amount of money in fen.
    Money,
    Kind::Money
);
whole!(
    /// A length of service in minutes.
    Minutes,
    Kind::Minutes
);
whole!(
    /// The moment a fact was entered, in unix seconds; the store fills it in where it is 0.
    Entered,
    Kind::Entered
);
whole!(
    /// A longitude or latitude in millionths of a degree.
    Degrees,
    Kind::Degrees
);
