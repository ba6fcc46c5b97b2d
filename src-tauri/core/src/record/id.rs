//! References: to a record by its id, to an entry of an open list by its code.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Cell, Kind, Row, Value};
use crate::terms::List;

/// The id of a record: `seat << 40 | n`, which JavaScript holds exactly; 0 while it is new.
pub struct Id<T>(i64, PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// The id of a record that is not stored yet.
    pub const NEW: Self = Self::new(0);

    /// Wraps the stored number.
    pub const fn new(id: i64) -> Self {
        Self(id, PhantomData)
    }

    /// The stored number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.0 >> 40, self.0 & 0xff_ffff_ffff)
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        i64::deserialize(deserializer).map(Self::new)
    }
}

impl<T> Default for Id<T> {
    fn default() -> Self {
        Self::NEW
    }
}

impl<T: Row> Value for Id<T> {
    const KIND: Kind = Kind::Ref(T::NAME);

    fn to_cell(&self) -> Cell {
        Cell::Int(self.0)
    }

    fn from_cell(cell: Cell) -> Option<Self> {
        cell.int().map(Self::new)
    }
}

/// An entry of the open list `L`, by its code.
pub struct Term<L> {
    code: String,
    list: PhantomData<fn() -> L>,
}

impl<L: List> Term<L> {
    /// Names an entry by its code; whether the list has it is checked where the record is.
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), list: PhantomData }
    }

    /// The entry's code.
    pub fn code(&self) -> &str {
        &self.code
    }
}

impl<L> Clone for Term<L> {
    fn clone(&self) -> Self {
        Self { code: self.code.clone(), list: PhantomData }
    }
}

impl<L> PartialEq for Term<L> {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl<L> Eq for Term<L> {}

impl<L> fmt::Debug for Term<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Term({})", self.code)
    }
}

impl<L> Serialize for Term<L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.code)
    }
}

impl<'de, L: List> Deserialize<'de> for Term<L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

impl<L: List> Value for Term<L> {
    const KIND: Kind = Kind::Term(L::KEY);

    fn to_cell(&self) -> Cell {
        Cell::Text(self.code.clone())
    }

    fn from_cell(cell: Cell) -> Option<Self> {
        if let Cell::Text(code) = cell { Some(Self::new(code)) } else { None }
    }
}

/// Several entries of the open list `L`, in the order given.
pub type Terms<L> = Vec<Term<L>>;
