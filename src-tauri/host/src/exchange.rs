//! Files that go between the browser and the desk, in a private folder that goes with the program.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Json;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;
use tokio::fs;
use tokio::io::AsyncWriteExt;
use tokio_util::io::ReaderStream;
use unionbook_core::error::{Error, Refusal, Result, file_error};

use crate::reply::Refused;
use crate::serve::Host;

/// The longest file name, in bytes.
const LONGEST: usize = 180;

/// The private folder.
pub struct Exchange {
    folder: TempDir,
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

impl Exchange {
    /// Makes the folder, which only the user of the PC may read.
    pub fn new() -> Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix("unionbook-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let made = builder.tempdir();
        let folder = made.map_err(|source| file_error(&std::env::temp_dir(), "建立临时文件夹", &source))?;
        Ok(Self { folder, next: AtomicU64::default() })
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
        if found.starts_with(&folder) && found.is_file() { Ok(found) } else { Err(gone()) }
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

/// `GET /download?path=`: hands out a file of the private folder.
pub async fn download(State(host): State<Arc<Host>>, Query(lies): Query<Lies>) -> Result<Response, Refused> {
    let path = host.exchange.find(&lies.path).await?;
    let file = fs::File::open(&path).await.map_err(|source| file_error(&path, "读取", &source))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", percent(&name))),
    ];
    Ok((headers, Body::from_stream(ReaderStream::with_capacity(file, 64 << 10))).into_response())
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
