//! Who locks the computer's screen, or lets it sleep, has left the ledger, too: the desktop says so over D-Bus.
//!
//! A desktop that says nothing of it is left to the pages, which lock after a while without a key and after a sleep.

use gio::{BusType, DBusConnection, DBusSignalFlags};
use glib::Variant;
use tauri::{AppHandle, Emitter, Manager};

use crate::window::MAIN;

/// What the page hears when the clerk left.
const AWAY: &str = "away";
/// What is listened for: the bus, and the signal's name.
const SIGNALS: [(BusType, &str); 5] = [
    (BusType::Session, "ActiveChanged"),
    // 银河麒麟 and 优麒麟.
    (BusType::Session, "lock"),
    (BusType::System, "Lock"),
    (BusType::System, "PropertiesChanged"),
    (BusType::System, "PrepareForSleep"),
];

/// The buses that are listened on, as long as the program runs.
struct Listening(#[allow(dead_code, reason = "it is held, not read")] Vec<DBusConnection>);

/// Tells the page from now on when the clerk left.
pub fn watch(app: &AppHandle) {
    let buses = [BusType::Session, BusType::System].into_iter().filter_map(|bus| Some((bus, bus_of(bus)?)));
    let buses: Vec<(BusType, DBusConnection)> = buses.collect();
    for (bus, connection) in &buses {
        for (_, signal) in SIGNALS.iter().filter(|(of, _)| of == bus) {
            let app = app.clone();
            let heard = move |_: &DBusConnection, _: &str, _: &str, interface: &str, signal: &str, says: &Variant| {
                if is_away(interface, signal, says) {
                    let _ = app.emit_to(MAIN, AWAY, ());
                }
            };
            connection.signal_subscribe(None, None, Some(signal), None, None, DBusSignalFlags::NONE, heard);
        }
    }
    app.manage(Listening(buses.into_iter().map(|(_, connection)| connection).collect()));
}

fn bus_of(bus: BusType) -> Option<DBusConnection> {
    gio::bus_get_sync(bus, gio::Cancellable::NONE).ok()
}

/// Says whether a signal means that the screen is being locked or the computer goes to sleep.
fn is_away(interface: &str, signal: &str, says: &Variant) -> bool {
    let is_true = || says.n_children() > 0 && says.child_value(0).get::<bool>() == Some(true);
    match (interface, signal) {
        ("org.ukui.ScreenSaver", "lock") | ("org.freedesktop.login1.Session", "Lock") => true,
        ("org.freedesktop.login1.Manager", "PrepareForSleep") => is_true(),
        (name, "ActiveChanged") => name.ends_with(".ScreenSaver") && is_true(),
        ("org.freedesktop.DBus.Properties", "PropertiesChanged") => is_hinted(says),
        _ => false,
    }
}

/// Whether a session's `LockedHint` became true.
fn is_hinted(says: &Variant) -> bool {
    let changed: Option<(String, glib::VariantDict, Vec<String>)> = says.get();
    changed.is_some_and(|(of, values, _)| {
        of == "org.freedesktop.login1.Session" && values.lookup::<bool>("LockedHint").ok().flatten() == Some(true)
    })
}

#[cfg(test)]
mod tests {
    use glib::ToVariant;

    use super::*;

    #[test]
    fn a_lock_and_a_sleep_are_told_from_their_ends_and_from_other_signals() {
        let says = |on: bool| (on,).to_variant();
        for interface in ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.mate.ScreenSaver"] {
            assert!(is_away(interface, "ActiveChanged", &says(true)), "{interface}");
            assert!(!is_away(interface, "ActiveChanged", &says(false)), "{interface}: unlocked");
        }
        assert!(is_away("org.ukui.ScreenSaver", "lock", &().to_variant()) && !is_away("org.ukui.ScreenSaver", "unlock", &().to_variant()));
        assert!(is_away("org.freedesktop.login1.Session", "Lock", &().to_variant()));
        assert!(is_away("org.freedesktop.login1.Manager", "PrepareForSleep", &says(true)));
        assert!(!is_away("org.freedesktop.login1.Manager", "PrepareForSleep", &says(false)), "it woke up");
        assert!(!is_away("org.example.Player", "ActiveChanged", &says(true)), "nobody's screen");
    }

    #[test]
    fn a_session_that_is_hinted_to_be_locked_is_away() {
        let changed = |of: &str, name: &str, on: bool| {
            let values = glib::VariantDict::new(None);
            values.insert(name, on);
            Variant::tuple_from_iter([of.to_variant(), values.end(), Vec::<String>::new().to_variant()])
        };
        let heard =
            |of: &str, name: &str, on: bool| is_away("org.freedesktop.DBus.Properties", "PropertiesChanged", &changed(of, name, on));
        assert!(heard("org.freedesktop.login1.Session", "LockedHint", true));
        assert!(!heard("org.freedesktop.login1.Session", "LockedHint", false), "unlocked");
        assert!(!heard("org.freedesktop.login1.Session", "IdleHint", true), "idle is another thing");
        assert!(!heard("org.freedesktop.login1.Seat", "LockedHint", true), "nor is it of another thing");
    }
}
