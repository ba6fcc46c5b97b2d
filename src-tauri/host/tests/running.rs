//! A running host, and a browser so plain that every header is the test's own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use tempfile::TempDir;

/// A host with settings of its own.
pub struct Running {
    pub folder: Arc<TempDir>,
    pub link: String,
    pub port: u16,
    process: Child,
}

/// What it answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.head.lines().find_map(|line| line.split_once(": ").filter(|(known, _)| known.eq_ignore_ascii_case(name)));
        found.map(|(_, value)| value)
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("the answer is text")
    }

    pub fn json(&self) -> Json {
        serde_json::from_slice(&self.body).unwrap_or_else(|fault| panic!("the answer is JSON ({fault}): {}", self.text()))
    }
}

impl Running {
    pub fn start(words: &[&str]) -> Self {
        Self::start_in(Arc::new(TempDir::new().expect("a folder for the test")), words)
    }

    /// Starts with the settings of another run.
    pub fn start_in(folder: Arc<TempDir>, words: &[&str]) -> Self {
        let (ui, temporary) = (folder.path().join("ui"), folder.path().join("临时"));
        std::fs::create_dir_all(&temporary).expect("a folder");
        std::fs::create_dir_all(ui.join("assets")).expect("a folder");
        std::fs::write(ui.join("index.html"), "<!doctype html><title>屏幕</title>").expect("written");
        std::fs::write(ui.join("assets/app-1a2b.js"), "export {}").expect("written");
        let mut command = Command::new(env!("CARGO_BIN_EXE_unionbook-browser"));
        command.args(words).env("UNIONBOOK_HOME", folder.path().join("设置")).stdout(Stdio::piped());
        for name in ["TMPDIR", "TMP", "TEMP"] {
            command.env(name, &temporary);
        }
        if !words.contains(&"--ui") {
            command.arg("--ui").arg(ui);
        }
        let mut process = command.spawn().expect("the host starts");
        let mut link = String::new();
        BufReader::new(process.stdout.take().expect("its words")).read_line(&mut link).expect("a line");
        let port = link.strip_prefix("http://127.0.0.1:").and_then(|rest| rest.split('/').next()).and_then(|port| port.parse().ok());
        Self {
            folder,
            port: port.unwrap_or_else(|| panic!("the first line is the start link: {link:?}")),
            link: link.trim().into(),
            process,
        }
    }

    /// The path and query of the start link.
    pub fn start_path(&self) -> &str {
        &self.link[self.link.find("/?").expect("a query")..]
    }

    /// Sends a request with exactly these headers, and reads the answer to its end.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the host listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        stream.write_all(&[head.as_bytes(), b"\r\n", body].concat()).expect("sent");
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8(bytes[..end].to_vec()).expect("a head is text");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        let body = &bytes[end + 4..];
        let chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
        Answer { status, body: if chunked { unchunked(body) } else { body.to_vec() }, head }
    }

    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Comes in by the start link.
    pub fn enter(&self) -> Browser<'_> {
        let answer = self.send("GET", self.start_path(), &[("Host", &self.host())], b"");
        assert_eq!((answer.status, answer.header("location")), (303, Some("/")), "the link leads to the start page: {answer:?}");
        let cookie = answer.header("set-cookie").expect("a cookie");
        Browser { running: self, cookie: cookie.split(';').next().expect("its pair").to_owned() }
    }

    /// Tells the host to end, and waits for it.
    pub fn end(mut self) -> Arc<TempDir> {
        let told = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status().expect("kill starts");
        assert!(told.success(), "the host is told to end");
        let start = Instant::now();
        while self.process.try_wait().expect("its end").is_none() {
            assert!(start.elapsed() < Duration::from_secs(20), "it ends soon");
            std::thread::sleep(Duration::from_millis(20));
        }
        Arc::clone(&self.folder)
    }

    /// Kills the host, as a power cut does.
    pub fn kill(self) -> Arc<TempDir> {
        Arc::clone(&self.folder)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A browser with the session.
pub struct Browser<'r> {
    pub running: &'r Running,
    pub cookie: String,
}

impl Browser<'_> {
    pub fn get(&self, path: &str) -> Answer {
        self.running.send("GET", path, &[("Host", &self.running.host()), ("Cookie", &self.cookie)], b"")
    }

    pub fn post(&self, path: &str, body: &[u8]) -> Answer {
        let (host, origin) = (self.running.host(), self.running.origin());
        let headers = [("Host", host.as_str()), ("Origin", &origin), ("Cookie", &self.cookie), ("Content-Type", "application/json")];
        self.running.send("POST", path, &headers, body)
    }

    pub fn call(&self, command: &str, payload: Json, job: Option<&str>) -> Answer {
        self.post("/rpc", json!({ "command": command, "payload": payload, "job": job }).to_string().as_bytes())
    }

    pub fn done(&self, command: &str, payload: Json) -> Json {
        let answer = self.call(command, payload, None);
        assert_eq!(answer.status, 200, "{command} is done: {}", answer.text());
        answer.json()
    }
}

fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = body.windows(2).position(|window| window == b"\r\n") {
        let length = usize::from_str_radix(std::str::from_utf8(&body[..end]).expect("a length"), 16).expect("a length");
        if length == 0 {
            break;
        }
        whole.extend_from_slice(&body[end + 2..end + 2 + length]);
        body = &body[end + 2 + length + 2..];
    }
    whole
}
