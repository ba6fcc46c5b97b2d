//! Who comes in, and who does not.

use std::net::{Ipv4Addr, SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

use crate::running::Running;

#[test]
fn the_start_link_works_once_and_everything_else_needs_its_cookie() {
    let running = Running::start(&[]);
    let host = running.host();
    for path in ["/", "/assets/app-1a2b.js", "/download?path=/etc/passwd", "/alive", "/?once=guess"] {
        let answer = running.send("GET", path, &[("Host", &host)], b"");
        assert_eq!(answer.status, 401, "{path} needs the session: {answer:?}");
        assert!(answer.text().contains("重新启动工会台账"), "{path} says the way in: {}", answer.text());
    }
    let origin = running.origin();
    for path in ["/rpc", "/upload?name=a.csv", "/place"] {
        let answer = running.send("POST", path, &[("Host", &host), ("Origin", &origin)], b"{}");
        assert_eq!((answer.status, answer.json()["code"].as_str()), (401, Some("session")), "{path} needs the session");
    }
    let browser = running.enter();
    let page = browser.get("/");
    assert_eq!(page.status, 200, "the cookie comes in");
    assert!(page.text().contains("屏幕"), "to the screens: {}", page.text());
    let again = running.send("GET", running.start_path(), &[("Host", &host)], b"");
    assert_eq!((again.status, again.header("set-cookie")), (401, None), "the link is spent");
}

#[test]
fn other_names_and_other_pages_are_refused_even_with_the_cookie() {
    let running = Running::start(&[]);
    let browser = running.enter();
    let (host, origin, call) = (running.host(), running.origin(), br#"{"command":"desk.state"}"#);
    let send = |headers: &[(&str, &str)]| {
        let headers: Vec<_> = headers.iter().copied().chain([("Cookie", browser.cookie.as_str())]).collect();
        running.send("POST", "/rpc", &headers, call).status
    };
    assert_eq!(send(&[("Host", &host), ("Origin", &origin)]), 200, "our own page is answered");
    let rebound = format!("rebound.example:{}", running.port);
    for (headers, what) in [
        (vec![("Host", rebound.as_str()), ("Origin", origin.as_str())], "a name that was pointed at this PC"),
        (vec![("Host", host.as_str()), ("Origin", "http://evil.example")], "another site's page"),
        (vec![("Host", host.as_str()), ("Origin", "null")], "a page without a site"),
        (vec![("Host", host.as_str())], "no page at all"),
        (vec![("Host", "127.0.0.1"), ("Origin", origin.as_str())], "another port's page"),
    ] {
        assert_eq!(send(&headers), 403, "{what} is refused");
    }
}

#[test]
fn it_listens_on_the_loopback_address_alone() {
    let running = Running::start(&[]);
    let outside = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        // Nothing is sent: connecting a UDP socket only looks up which address would be used.
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).and_then(|()| socket.local_addr())
    });
    let Ok(outside) = outside else { return };
    if outside.ip().is_loopback() {
        return;
    }
    let reached = TcpStream::connect_timeout(&SocketAddr::new(outside.ip(), running.port), Duration::from_secs(2));
    assert!(reached.is_err(), "nobody reaches it through {}", outside.ip());
}

#[test]
fn every_answer_carries_a_policy_that_lets_nothing_in_or_out() {
    let running = Running::start(&[]);
    let browser = running.enter();
    for path in ["/", "/assets/app-1a2b.js", "/alive", "/nowhere.js"] {
        let answer = browser.get(path);
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: no inline script or style: {policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
    }
    assert_eq!(browser.get("/assets/app-1a2b.js").header("content-type"), Some("text/javascript; charset=utf-8"), "a script is one");
    assert_eq!(browser.get("/nowhere.js").status, 404, "a file that is not there is not the start page");
    assert!(browser.get("/members/12").text().contains("屏幕"), "a place within the screens is the start page");
}

#[test]
fn without_built_screens_it_says_so() {
    let running = Running::start(&["--ui", "/nowhere"]);
    let answer = running.enter().get("/");
    assert_eq!(answer.status, 404, "there is nothing to show");
    assert!(answer.text().contains("界面文件还没有构建"), "in a sentence: {}", answer.text());
}
