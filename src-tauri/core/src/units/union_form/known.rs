//! The unions that are there, as a sheet's rows look them up.

use std::collections::{HashMap, HashSet};

use crate::error::Result;
use crate::record::{Code, Id};
use crate::store::Db;
use crate::units::{Tree, Unit, UnitLevel, tree::fill_subtree};

/// Counts the present members of each union; handed in by the noun that has them.
pub type CountMembers = fn(&Db<'_>) -> Result<HashMap<i64, i64>>;

/// A union in a few words.
#[derive(Debug, Clone)]
pub struct Union {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The union above.
    pub parent: Option<i64>,
    /// Its level.
    pub level: UnitLevel,
    /// Whether it is open.
    pub open: bool,
    /// Its place.
    pub division: Option<String>,
}

/// All unions, by id, name and code.
#[derive(Debug, Default)]
pub struct Known {
    pub unions: HashMap<i64, Union>,
    /// Open unions by name.
    names: HashMap<String, Vec<i64>>,
    /// Unions by their code, and by their credit code where it is theirs alone.
    codes: HashMap<String, Option<i64>>,
    /// The unions of the office that the sheet is for; all where none was named.
    office: Option<HashSet<i64>>,
    /// Present members, those of branches with their union's.
    pub members: HashMap<i64, i64>,
}

impl Known {
    /// Reads all unions; `office` narrows what a name may mean.
    pub fn read(db: &Db<'_>, office: Option<i64>, count: CountMembers) -> Result<Self> {
        let mut known = Self { members: with_branches(db, count)?, ..Self::default() };
        let sql = "SELECT id, code, name, parent, level, closed IS NULL, union_code, division FROM unit ORDER BY id";
        let rows = db.rows(sql, [], |row| {
            let level = UnitLevel::of(row.get(4)?).unwrap_or(UnitLevel::Grassroots);
            let union =
                Union { code: row.get(1)?, name: row.get(2)?, parent: row.get(3)?, level, open: row.get(5)?, division: row.get(7)? };
            Ok((row.get::<_, i64>(0)?, union, row.get::<_, Option<String>>(6)?))
        })?;
        rows.iter().filter_map(|(id, _, credit)| Some((id, credit.clone()?))).for_each(|(id, credit)| {
            known.codes.entry(credit).and_modify(|of| *of = of.filter(|of| of == id)).or_insert(Some(*id));
        });
        for (id, union, _) in rows {
            known.codes.insert(union.code.clone(), Some(id));
            if union.open {
                known.names.entry(union.name.clone()).or_default().push(id);
            }
            known.unions.insert(id, union);
        }
        if let Some(office) = office {
            fill_subtree(db, Id::new(office))?;
            known.office = Some(db.rows("SELECT id FROM temp.sub", [], |row| row.get(0))?.into_iter().collect());
        }
        Ok(known)
    }

    /// A union.
    pub fn get(&self, id: i64) -> Option<&Union> {
        self.unions.get(&id)
    }

    /// The open unions of a name.
    pub fn named(&self, name: &str) -> impl Iterator<Item = i64> + '_ {
        self.names.get(name).into_iter().flatten().copied()
    }

    /// The union of a code or credit code.
    pub fn coded(&self, code: &str) -> Option<i64> {
        self.codes.get(code).copied().flatten()
    }

    /// Every code in use.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.unions.values().map(|union| union.code.as_str())
    }

    /// Says whether a union belongs to the office that the sheet is for.
    pub fn in_office(&self, id: i64) -> bool {
        self.office.as_ref().is_none_or(|office| office.contains(&id))
    }

    /// The place of the office that the sheet is for, or of the topmost union.
    pub fn near(&self, office: Option<i64>) -> Option<&str> {
        let placed = |union: &&Union| union.division.is_some();
        let top = || self.unions.iter().filter(|(_, union)| union.parent.is_none()).min_by_key(|(id, _)| **id).map(|(_, union)| union);
        office.and_then(|office| self.get(office)).filter(placed).or_else(|| top().filter(placed))?.division.as_deref()
    }
}

/// The members of each union with those of its 分工会 and 小组, which the form does not list by themselves.
pub fn with_branches(db: &Db<'_>, count: CountMembers) -> Result<HashMap<i64, i64>> {
    let (mut members, tree) = (count(db)?, Tree::on(db, db.now().today)?);
    for at in (0..tree.len()).rev().filter(|at| tree.level(*at) == Some(UnitLevel::Branch)) {
        let ends = tree.id(at).zip(tree.parent(at).and_then(|above| tree.id(above)));
        let Some((branch, above)): Option<(Id<Unit>, Id<Unit>)> = ends else { continue };
        let own = members.get(&branch.get()).copied().unwrap_or(0);
        *members.entry(above.get()).or_default() += own;
    }
    Ok(members)
}
