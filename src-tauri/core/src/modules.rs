//! Which modules the app is made of, in order: a noun uses the mechanisms and the nouns above it.

use crate::api::{Blend, Settle};
use crate::error::{Error, Faults};
use crate::record::{Cell, Row, Table};
use crate::sheet::export::MakeOutlet;
use crate::sheet::import::MakeIntake;
use crate::sheet::layout::Layout;
use crate::store::{Db, Finding, Kin, Now, Tx, Veil};
use crate::{
    Result, activities, closing, demo, disclosure, handover, home, members, monthly, people, privacy, returns, stations, store, units,
    volunteers,
};

/// The modules that are shipped, in order: one line each.
const MODULES: &[fn() -> Module] = &[
    store::module,
    disclosure::module,
    units::module,
    people::module,
    stations::module,
    members::module,
    activities::module,
    volunteers::module,
    closing::module,
    monthly::module,
    returns::module,
    privacy::module,
    home::module,
    handover::module,
    demo::module,
];

/// One numbered step of a module's schema; never edited once released.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// `N_what.sql`: the number orders the steps of a module.
    pub name: &'static str,
    /// The statements.
    pub sql: &'static str,
}

/// A record as the registry holds it: its description and its own rules.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The description of the table.
    pub table: &'static Table,
    /// Runs the record's typed check over its cells.
    pub check: fn(&Db<'_>, i64, &[Cell], &mut Faults) -> Result<()>,
    /// Gives its cells their stored form.
    pub tidy: fn(Now, Vec<Cell>, &mut Faults) -> Result<Vec<Cell>>,
}

/// Registers the record `T`.
pub fn entry<T: Row>() -> Entry {
    Entry {
        table: T::table(),
        check: |db, id, cells, faults| {
            T::from_cells(id, cells.to_vec())?.check(db, faults);
            Ok(())
        },
        tidy: |now, cells, faults| {
            let mut row = T::from_cells(0, cells)?;
            row.tidy(now, faults);
            Ok(row.cells())
        },
    }
}

/// A function that fills a computed column.
pub type Compute = (&'static str, fn(&str) -> String);

/// A look at what a module's records must hold among themselves.
pub type Look = fn(&Db<'_>) -> Result<Vec<Finding>>;

/// What ties a person to the office: a membership, a registration, a part in something.
#[derive(Debug, Clone, Copy)]
pub struct Tie {
    /// The record that it is, which retention rules are named after.
    pub record: &'static str,
    /// Selects `person` and `ended`, the day on which it ended: none, or one ahead, while it stands.
    pub sql: &'static str,
    /// Whether it is found by looking through documents, which takes long, and is asked of one person at a time.
    pub slow: bool,
}

/// What is known of people who are erased.
#[derive(Debug)]
pub struct Gone<'g> {
    /// Their rows, and all that belong to them.
    pub kin: &'g Kin,
    /// The texts that are theirs alone: their id numbers.
    pub words: &'g [String],
}

/// Takes people out of documents of a module's own; gives how many it changed.
pub type Wipe = fn(&Tx<'_>, &Gone<'_>) -> Result<usize>;

/// A mechanism's or noun's share of the store.
#[derive(Debug, Clone)]
pub struct Module {
    /// The module's name; its migrations are numbered under it.
    pub name: &'static str,
    /// Its migrations, in order.
    pub migrations: Vec<Migration>,
    /// Its records.
    pub entries: Vec<Entry>,
    /// The functions that its computed columns need.
    pub functions: Vec<Compute>,
    /// What is looked at when a file is checked.
    pub checks: Vec<Look>,
    /// How sheets of its records come in, where they are not taken plainly.
    pub intakes: Vec<(&'static str, MakeIntake)>,
    /// How its records go out in sheets, where they do not go plainly.
    pub outlets: Vec<(&'static str, MakeOutlet)>,
    /// The upstream blanks that its records are exchanged in.
    pub layouts: Vec<&'static str>,
    /// What two rows of a record become that turn out to be one, where filling what is empty is not all.
    pub blends: Vec<(&'static str, Blend)>,
    /// What is put right after two rows of a record became one.
    pub settles: Vec<(&'static str, Settle)>,
    /// What ties people to the office.
    pub ties: Vec<Tie>,
    /// Which rows are kept and no longer used.
    pub veil: Option<Veil>,
    /// What takes erased people out of documents.
    pub wipes: Vec<Wipe>,
}

impl Module {
    /// Starts a module without records.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            migrations: Vec::new(),
            entries: Vec::new(),
            functions: Vec::new(),
            checks: Vec::new(),
            intakes: Vec::new(),
            outlets: Vec::new(),
            layouts: Vec::new(),
            blends: Vec::new(),
            settles: Vec::new(),
            ties: Vec::new(),
            veil: None,
            wipes: Vec::new(),
        }
    }

    /// Adds a migration.
    pub fn migration(mut self, name: &'static str, sql: &'static str) -> Self {
        self.migrations.push(Migration { name, sql });
        self
    }

    /// Adds a record.
    pub fn record<T: Row>(mut self) -> Self {
        self.entries.push(entry::<T>());
        self
    }

    /// Adds a function for computed columns.
    pub fn function(mut self, name: &'static str, function: fn(&str) -> String) -> Self {
        self.functions.push((name, function));
        self
    }

    /// Adds a look at its records when a file is checked.
    pub fn check(mut self, look: Look) -> Self {
        self.checks.push(look);
        self
    }
}

impl Module {
    /// Says how sheets of a record come in.
    pub fn intake(mut self, record: &'static str, make: MakeIntake) -> Self {
        self.intakes.push((record, make));
        self
    }

    /// Says how a record goes out in sheets.
    pub fn outlet(mut self, record: &'static str, make: MakeOutlet) -> Self {
        self.outlets.push((record, make));
        self
    }

    /// Says what two rows of a record become that turn out to be one.
    pub fn blend(mut self, record: &'static str, blend: Blend) -> Self {
        self.blends.push((record, blend));
        self
    }

    /// Says what to put right after two rows of a record became one.
    pub fn settle(mut self, record: &'static str, settle: Settle) -> Self {
        self.settles.push((record, settle));
        self
    }

    /// Adds what ties people to the office.
    pub fn tie(mut self, record: &'static str, sql: &'static str) -> Self {
        self.ties.push(Tie { record, sql, slow: false });
        self
    }

    /// Adds a tie that is found by looking through documents.
    pub fn slow_tie(mut self, record: &'static str, sql: &'static str) -> Self {
        self.ties.push(Tie { record, sql, slow: true });
        self
    }

    /// Says which rows are kept and no longer used.
    pub fn veil(mut self, veil: Veil) -> Self {
        self.veil = Some(veil);
        self
    }

    /// Says how erased people are taken out of documents.
    pub fn wipe(mut self, wipe: Wipe) -> Self {
        self.wipes.push(wipe);
        self
    }

    /// Adds an upstream blank.
    pub fn layout(mut self, json: &'static str) -> Self {
        self.layouts.push(json);
        self
    }
}

/// All modules of a running app, in order.
#[derive(Debug, Clone)]
pub struct Registry(pub Vec<Module>);

impl Registry {
    /// The modules that are shipped.
    pub fn shipped() -> Self {
        Self(MODULES.iter().map(|module| module()).collect())
    }

    /// Adds a module after the others.
    pub fn with(mut self, module: Module) -> Self {
        self.0.push(module);
        self
    }

    /// Every record, in the order of the modules.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter().flat_map(|module| &module.entries)
    }

    /// Every table, in the order of the modules; its place is its number in the running app.
    pub fn tables(&self) -> impl Iterator<Item = &'static Table> {
        self.entries().map(|entry| entry.table)
    }

    /// Every function for computed columns.
    pub fn functions(&self) -> impl Iterator<Item = &Compute> {
        self.0.iter().flat_map(|module| &module.functions)
    }

    /// Every look of the modules at their own records.
    pub fn checks(&self) -> impl Iterator<Item = &Look> {
        self.0.iter().flat_map(|module| &module.checks)
    }

    /// Everything that ties people to the office.
    pub fn ties(&self) -> impl Iterator<Item = &Tie> {
        self.0.iter().flat_map(|module| &module.ties)
    }

    /// Which rows are kept and no longer used.
    pub fn veil(&self) -> Option<&Veil> {
        self.0.iter().find_map(|module| module.veil.as_ref())
    }

    /// Finds a record by its table's name.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries().find(|entry| entry.table.name == name)
    }

    /// Finds a table's place by its name.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.tables().position(|table| table.name == name)
    }

    /// Finds an upstream blank by its word; refuses an unknown one and names those that are known.
    pub fn layout(&self, key: &str) -> Result<Layout> {
        let layouts = self.0.iter().flat_map(|module| &module.layouts).map(|json| Layout::read(json)).collect::<Result<Vec<_>>>()?;
        let known = layouts.iter().map(|layout| format!("{}（{}）", layout.key, layout.label)).collect::<Vec<_>>().join("、");
        let found = layouts.into_iter().find(|layout| layout.key == key);
        found.ok_or_else(|| Error::Usage(format!("没有版式“{key}”，可用：{known}")))
    }
}
