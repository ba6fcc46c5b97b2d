//! Who may come in: one browser, from this PC, that spent the start link.

use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::header::{COOKIE, HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, Method};
use unionbook_core::error::{Error, Refusal, Result};

/// Why somebody is kept out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// The request was not made for this address or comes from another page.
    Stranger,
    /// The browser has no session.
    NoSession,
}

/// The door: what it asks of each request.
pub struct Gate {
    /// Where the host listens: `127.0.0.1:port`.
    address: String,
    /// Another page's origin that may call, for development.
    origin: Option<String>,
    once: String,
    spent: AtomicBool,
    session: String,
    cookie: String,
}

impl Gate {
    /// Sets up a door for an address, with a fresh start link and session.
    pub fn new(port: u16, origin: Option<String>) -> Result<Self> {
        let (once, session) = (random()?, random()?);
        let address = format!("127.0.0.1:{port}");
        Ok(Self { address, origin, once, spent: AtomicBool::new(false), session, cookie: format!("unionbook-{port}") })
    }

    /// The link that lets one browser in, once.
    pub fn start_link(&self) -> String {
        format!("http://{}/?once={}", self.address, self.once)
    }

    /// Spends the start link; gives the cookie that the browser comes in with from now on, or nothing where it was spent before.
    pub fn spend(&self, once: &str) -> Option<String> {
        let right = same(once, &self.once) && !self.spent.swap(true, Ordering::SeqCst);
        right.then(|| format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie, self.session))
    }

    /// Asks whether a request was made for this address, by one of its own pages.
    ///
    /// A page of another site cannot set these headers, and a name that was pointed at this PC afterwards (DNS rebinding) shows in
    /// `Host`.
    pub fn known(&self, method: &Method, headers: &HeaderMap) -> Result<(), Kept> {
        let own = format!("http://{}", self.address);
        let from = text(headers, &ORIGIN);
        let right_host = text(headers, &HOST) == Some(self.address.as_str());
        let right_origin = match from {
            Some(origin) => origin == own || self.origin.as_deref() == Some(origin),
            None => method == Method::GET,
        };
        if right_host && right_origin { Ok(()) } else { Err(Kept::Stranger) }
    }

    /// Asks whether a browser has the session.
    pub fn session(&self, headers: &HeaderMap) -> Result<(), Kept> {
        let mut cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|line| line.split(';'));
        let found =
            cookies.any(|one| one.trim().split_once('=').is_some_and(|(name, value)| name == self.cookie && same(value, &self.session)));
        if found { Ok(()) } else { Err(Kept::NoSession) }
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    // Two of them are one too many.
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    if values.next().is_some() { Some("") } else { first.to_str().ok().or(Some("")) }
}

/// Compares secrets in a time that does not tell where they differ.
fn same(given: &str, right: &str) -> bool {
    given.len() == right.len() && given.bytes().zip(right.bytes()).fold(0, |differ, (one, other)| differ | (one ^ other)) == 0
}

fn random() -> Result<String> {
    let mut bytes = [0_u8; 32];
    let refusal = |_| Error::File(Refusal::new("系统没有给出随机数，无法启动。", "请重启电脑后重试。"));
    getrandom::fill(&mut bytes).map_err(refusal)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn the_start_link_is_spent_once_and_its_cookie_is_the_session() {
        let gate = Gate::new(4000, None).unwrap();
        let link = gate.start_link();
        let once = link.strip_prefix("http://127.0.0.1:4000/?once=").unwrap();
        assert_eq!(gate.spend("guess"), None, "a guess opens nothing");
        let cookie = gate.spend(once).unwrap();
        assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "no script reads it, no other site sends it: {cookie}");
        assert_eq!(gate.spend(once), None, "the link works once");
        let pair = cookie.split(';').next().unwrap();
        assert_eq!(gate.session(&headers(&[("cookie", &format!("a=b; {pair}"))])), Ok(()), "the cookie comes in");
        assert_eq!(gate.session(&headers(&[("cookie", "unionbook-4000=guess")])), Err(Kept::NoSession), "another does not");
        assert!(!cookie.contains(once), "the session is not the link");
    }

    #[test]
    fn requests_for_another_name_or_from_another_page_are_strangers() {
        let gate = Gate::new(4000, Some("http://127.0.0.1:5173".into())).unwrap();
        let known = |method: Method, pairs: &[(&str, &str)]| gate.known(&method, &headers(pairs)).is_ok();
        let host = ("host", "127.0.0.1:4000");
        assert!(known(Method::GET, &[host]), "an address typed in has no origin");
        assert!(known(Method::POST, &[host, ("origin", "http://127.0.0.1:4000")]), "our own page");
        assert!(known(Method::POST, &[host, ("origin", "http://127.0.0.1:5173")]), "the page that development allows");
        assert!(!known(Method::POST, &[host]), "a call without an origin is not from a page of ours");
        assert!(!known(Method::GET, &[host, ("origin", "http://evil.example")]), "another site's page");
        assert!(!known(Method::POST, &[host, ("origin", "null")]), "a page without a site");
        assert!(!known(Method::GET, &[("host", "evil.example:4000")]), "a name pointed at this PC");
        assert!(!known(Method::GET, &[host, host]), "two hosts are one too many");
        assert!(!known(Method::GET, &[]), "none is one too few");
    }
}
