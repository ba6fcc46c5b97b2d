//! Those with whom sealed files are exchanged, and this seat's own key.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::api::Nothing;
use crate::error::{Error, Result, refused};
use crate::outside;
use crate::record::{Entered, Id, Record, Row as _, Wire};
use crate::report::seal::{Card, SeatKey};
use crate::sheet::write::bytes_to_file;
use crate::store::{Db, Key, Step, Store, Tx, Written};
use crate::units::{Unit, topmost};

/// 交换过通讯卡的工会；凭通讯卡核对上报文件是谁封存的。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "correspondent", label = "通讯卡", order = "code", key = "fingerprint", kept = "*")]
pub struct Correspondent {
    /// The id.
    pub id: Id<Correspondent>,
    /// 对方工会的组织编号。
    #[field(label = "组织编号", max = 30, listed)]
    pub code: String,
    /// 对方工会的名称。
    #[field(label = "工会名称", max = 100, listed)]
    pub name: String,
    /// 通讯卡的指纹；当面或打电话核对。
    #[field(label = "指纹", max = 40, listed)]
    pub fingerprint: String,
    /// 通讯卡全文。
    #[field(label = "通讯卡内容", max = 20000)]
    pub card: String,
    /// The moment of entry.
    #[field(label = "录入时间", listed)]
    pub entered: Entered,
}

/// A file to write or read.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct CardFile {
    /// Where it lies.
    pub path: PathBuf,
}

/// A card as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct CardShown {
    /// The union's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The fingerprint, to be compared over the telephone.
    pub fingerprint: String,
}

/// Which union's card.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct OwnCard {
    /// Where the card's file goes; it is only shown where nothing is said.
    pub path: Option<PathBuf>,
}

/// This seat's key; none before it was made.
pub(super) fn seat_key(db: &Db<'_>, seat: i64) -> Result<Option<SeatKey>> {
    let text: Option<String> = db.one("SELECT secret FROM seat_key WHERE seat = ?1", [seat])?;
    text.map(|text| SeatKey::from_text(&text)).transpose()
}

/// This seat's key, made where there is none; its card is kept with the others, so that other seats of the office know it.
pub(super) fn own_key(store: &Store) -> Result<SeatKey> {
    if let Some(key) = store.read(|db| seat_key(db, store.seat()))? {
        return Ok(key);
    }
    let key = SeatKey::random()?;
    store.write(Step::new("生成本机通讯卡").irrevocable(), |tx| {
        let card = card(tx, &key)?;
        let sql = "INSERT INTO seat_key (seat, secret, made) VALUES (?1, ?2, ?3)";
        tx.connection().execute(sql, (store.seat(), key.to_text(), tx.now().at))?;
        remember(tx, &card).map(|_| ())
    })?;
    Ok(key)
}

/// The keys that open what was encrypted for this office: the one in use here, made where there is none, and those that were in use in
/// this file before, on this PC or on one that it came from.
pub(super) fn own_keys(store: &Store) -> Result<Vec<SeatKey>> {
    let own = own_key(store)?;
    let sql = "SELECT secret FROM seat_key WHERE seat <> ?1 UNION ALL SELECT secret FROM retired_key";
    let before: Vec<String> = store.read(|db| db.rows(sql, [store.seat()], |row| row.get(0)))?;
    std::iter::once(Ok(own)).chain(before.iter().map(|text| SeatKey::from_text(text))).collect()
}

/// The key with which this seat signs, made where there is none.
pub fn seat_signer(store: &Store) -> Result<SeatKey> {
    own_key(store)
}

/// A key with which a seat of this office signs, to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signing {
    /// The seat.
    pub seat: i64,
    /// Its fingerprint.
    pub fingerprint: String,
    /// When it was made, in unix seconds.
    pub made: i64,
}

/// Lists the keys with which this office's seats sign, by their seats; a seat that signed nothing yet has none.
pub fn signing(db: &Db<'_>) -> Result<Vec<Signing>> {
    let rows = db.rows("SELECT seat, secret, made FROM seat_key ORDER BY seat", [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let rows: Vec<(i64, String, i64)> = rows;
    let look = |(seat, secret, made): (i64, String, i64)| {
        SeatKey::from_text(&secret).map(|key| Signing { seat, fingerprint: key.public().fingerprint(), made })
    };
    rows.into_iter().map(look).collect()
}

/// Gives this seat another key to sign with (更换签名钥匙), as after a change of clerk: whoever kept the old one seals nothing in the
/// office's name any more, once those above have the new card. What was encrypted for the old one still opens here. The keys of PCs that
/// this file came from are given up with it.
pub fn renew_key(store: &Store, _: &Nothing) -> Result<Written<CardShown>> {
    own_key(store)?;
    let key = SeatKey::random()?;
    store.write(Step::new("更换签名钥匙").irrevocable(), |tx| {
        let card = card(tx, &key)?;
        let (connection, at) = (tx.connection(), tx.now().at);
        connection.execute("INSERT INTO retired_key (seat, secret, made, retired) SELECT seat, secret, made, ?1 FROM seat_key", [at])?;
        connection.execute("DELETE FROM seat_key WHERE seat <> ?1", [store.seat()])?;
        connection.execute("UPDATE seat_key SET secret = ?2, made = ?3 WHERE seat = ?1", (store.seat(), key.to_text(), at))?;
        remember(tx, &card).map(|_| shown(&card))
    })
}

fn card(db: &Db<'_>, key: &SeatKey) -> Result<Card> {
    let Some((id, name)) = topmost(db)? else {
        return refused("台账里还没有工会。", "请先建立本工会，再导出通讯卡。");
    };
    Ok(key.card(&db.get(Id::<Unit>::new(id))?.code, &name, db.now().at))
}

fn remember(tx: &Tx<'_>, card: &Card) -> Result<Id<Correspondent>> {
    let known = tx.select::<Correspondent>(" WHERE fingerprint = ?1", [card.fingerprint()])?.into_iter().next();
    if let Some(known) = known {
        return Ok(known.id);
    }
    tx.insert(&Correspondent {
        id: Id::NEW,
        code: card.unit().to_owned(),
        name: card.name().to_owned(),
        fingerprint: card.fingerprint(),
        card: card.write(),
        entered: Entered(0),
    })
}

/// Shows this seat's card and writes it to a file, where one is named.
pub fn own_card(store: &Store, ask: &OwnCard) -> Result<CardShown> {
    let key = own_key(store)?;
    let card = store.read(|db| card(db, &key))?;
    if let Some(path) = &ask.path {
        bytes_to_file(path, card.write().as_bytes())?;
    }
    Ok(shown(&card))
}

fn shown(card: &Card) -> CardShown {
    CardShown { code: card.unit().to_owned(), name: card.name().to_owned(), fingerprint: card.fingerprint() }
}

/// Shows the card of another office, so that its fingerprint can be compared before it is taken in.
pub fn look_card(_: &Store, ask: &CardFile) -> Result<CardShown> {
    read_card(ask).map(|card| shown(&card))
}

fn read_card(ask: &CardFile) -> Result<Card> {
    Card::read(&outside::text(&ask.path, Card::LONGEST)?)
}

/// Takes the card of another office in. The fingerprint it gives is to be compared with what the other office reads out.
pub fn add_card(store: &Store, ask: &CardFile) -> Result<Written<CardShown>> {
    let card = read_card(ask)?;
    store.write(Step::new(format!("装入通讯卡：{}", card.name())), |tx| remember(tx, &card).map(|_| shown(&card)))
}

/// Which card.
#[derive(Debug, Clone, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct CardOf {
    /// Its fingerprint.
    pub fingerprint: String,
}

/// Trusts a card no longer (删除通讯卡): what it seals from now on is quarantined, what was taken in stays. Refuses this seat's own.
pub fn remove_card(store: &Store, ask: &CardOf) -> Result<Written<()>> {
    let found = store.read(|db| db.select::<Correspondent>(" WHERE fingerprint = ?1", [&ask.fingerprint]))?.into_iter().next();
    let card = found.ok_or_else(|| Error::Gone("这张通讯卡".into()))?;
    if store.read(|db| seat_key(db, store.seat()))?.is_some_and(|key| key.public().fingerprint() == card.fingerprint) {
        return refused("这是本机正在用的通讯卡，不能删除。", "要换一把签名钥匙的，请用“更换签名钥匙”。");
    }
    store.write(Step::new(format!("删除通讯卡：{}", card.name)), |tx| tx.delete(Correspondent::table(), Key::Id(card.id.get())))
}

/// The cards of correspondents; refuses one that is gone.
pub(super) fn cards(db: &Db<'_>, of: &[Id<Correspondent>]) -> Result<Vec<Card>> {
    of.iter().map(|id| Card::read(&db.get(*id)?.card)).collect()
}
