//! Files that go between the browser and the desk, in a private folder that goes with the program.
//!
//! They are what the office file never shows on the disk: plain text. One that was downloaded goes at once, unless the page says that it
//! offers it again, and one that was sent in when the page has done with it; all of them go when the office file is closed and when the program ends.

use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use axum::Json;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use serde::{Deserialize, Serialize};
use tokio::fs;
use tokio::io::{AsyncRead, AsyncWriteExt, ReadBuf};
use tokio_util::io::ReaderStream;
use unionbook_core::error::{Error, Refusal, Result, file_error};

use crate::folder::Private;
use crate::reply::Refused;
use crate::serve::Host;

/// The longest file name, in bytes.
const LONGEST: usize = 180;

/// The private folder.
pub struct Exchange {
    folder: Private,
    next: AtomicU64,
}

/// What a file is called.
#[derive(Deserialize)]
pub struct Named {
    name: String,
}

/// Where a file lies in the private folder.
#[derive(Serialize, Deserialize)]
pub struct Lies {
    path: PathBuf,
}

/// A file to hand out.
#[derive(Deserialize)]
pub struct Asked {
    path: PathBuf,
    /// Whether the page may ask for it once more.
    #[serde(default)]
    again: bool,
}

impl Exchange {
    /// Makes the folder, and takes away those of programs that were killed.
    pub fn new() -> Result<Self> {
        let within = std::env::temp_dir();
        let folder = Private::new(&within).map_err(|source| file_error(&within, "建立临时文件夹", &source))?;
        folder.sweep(&within);
        Ok(Self { folder, next: AtomicU64::default() })
    }

    /// Takes away every file.
    pub fn empty(&self) {
        self.folder.empty();
    }

    /// Makes room for a file by its own name; refuses a name that leads elsewhere.
    async fn place(&self, name: &str) -> Result<PathBuf> {
        let name = plain_name(name)?;
        let room = self.folder.path().join(self.next.fetch_add(1, Ordering::Relaxed).to_string());
        fs::create_dir(&room).await.map_err(|source| file_error(&room, "建立文件夹", &source))?;
        Ok(room.join(name))
    }

    /// Finds a file of the folder; refuses every other one.
    async fn find(&self, path: &Path) -> Result<PathBuf> {
        let gone = || Error::Gone(format!("文件“{}”", path.file_name().unwrap_or_default().to_string_lossy()));
        let (found, folder) = (fs::canonicalize(path).await, fs::canonicalize(self.folder.path()).await);
        let (found, folder) = (found.map_err(|_| gone())?, folder.map_err(|_| gone())?);
        // Each file lies in a room of its own.
        let is_placed = found.parent().and_then(Path::parent) == Some(folder.as_path());
        if is_placed && found.is_file() { Ok(found) } else { Err(gone()) }
    }
}

/// `POST /upload?name=`: stores the body as a file, and tells where it lies.
pub async fn upload(State(host): State<Arc<Host>>, Query(named): Query<Named>, request: Request) -> Result<Json<Lies>, Refused> {
    let path = host.exchange.place(&named.name).await?;
    let stored = store(&path, request.into_body()).await;
    stored.map_err(|source| file_error(&path, "接收文件", &source))?;
    Ok(Json(Lies { path }))
}

/// `POST /place`: makes room for a file that a command is going to write, and tells where.
pub async fn place(State(host): State<Arc<Host>>, Json(named): Json<Named>) -> Result<Json<Lies>, Refused> {
    Ok(Json(Lies { path: host.exchange.place(&named.name).await? }))
}

/// `POST /used`: takes a file away that the page needs no more; one that is gone already is.
pub async fn used(State(host): State<Arc<Host>>, Json(lies): Json<Lies>) -> StatusCode {
    if let Some(room) = host.exchange.find(&lies.path).await.ok().as_deref().and_then(Path::parent) {
        let _ = fs::remove_dir_all(room).await;
    }
    StatusCode::NO_CONTENT
}

/// `GET /download?path=`: hands out a file of the private folder.
pub async fn download(method: Method, State(host): State<Arc<Host>>, Query(asked): Query<Asked>) -> Result<Response, Refused> {
    let path = host.exchange.find(&asked.path).await?;
    let file = fs::File::open(&path).await.map_err(|source| file_error(&path, "读取", &source))?;
    let room = path.parent().filter(|_| method == Method::GET && !asked.again).map(Path::to_owned);
    let file = Outgoing { file: Some(file), room, is_over: false };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", percent(&name))),
    ];
    Ok((headers, Body::from_stream(ReaderStream::with_capacity(file, 64 << 10))).into_response())
}

/// A file on its way out; one that came to its end goes, with its room.
struct Outgoing {
    file: Option<fs::File>,
    room: Option<PathBuf>,
    is_over: bool,
}

impl AsyncRead for Outgoing {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let Some(file) = self.file.as_mut() else { return Poll::Ready(Ok(())) };
        let read = Pin::new(file).poll_read(context, buffer);
        self.is_over = matches!(read, Poll::Ready(Ok(()))) && buffer.filled().len() == before;
        read
    }
}

impl Drop for Outgoing {
    fn drop(&mut self) {
        // Not every system removes a file that is open.
        drop(self.file.take());
        if let Some(room) = self.room.take().filter(|_| self.is_over) {
            let _ = std::fs::remove_dir_all(room);
        }
    }
}

async fn store(path: &Path, mut body: Body) -> io::Result<()> {
    let mut file = fs::File::create_new(path).await?;
    while let Some(frame) = body.frame().await {
        if let Some(bytes) = frame.map_err(io::Error::other)?.data_ref() {
            file.write_all(bytes).await?;
        }
    }
    file.flush().await
}

/// Refuses a name with folders, hidden or none.
fn plain_name(name: &str) -> Result<&str> {
    let bare = !name.is_empty() && !name.starts_with('.') && name.len() <= LONGEST;
    let own = !name.contains(['/', '\\', ':', '\0']) && !name.chars().any(char::is_control);
    if bare && own {
        return Ok(name);
    }
    Err(Error::File(Refusal::new("文件名不能用。", "请换一个不含 / \\ : 的、短一些的文件名。")))
}

/// Writes a name for a header: whatever is not a plain letter or digit as %XX.
fn percent(name: &str) -> String {
    let written = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    name.bytes().map(written).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bare_names_are_taken() {
        for name in ["", ".", "..", ".profile", "a/b", "..\\b", "C:x", "a\0b", "a\nb", &"长".repeat(70)] {
            assert!(plain_name(name).is_err(), "{name:?} is refused");
        }
        assert!(plain_name("会员名册 (2).xlsx").is_ok(), "an ordinary name is taken");
    }

    #[test]
    fn names_cross_the_header_whole() {
        assert_eq!(percent("月报 10.xlsx"), "%E6%9C%88%E6%8A%A5%2010.xlsx", "as RFC 5987 writes it");
    }
}
