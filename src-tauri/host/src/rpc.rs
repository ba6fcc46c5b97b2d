//! The one call: `POST /rpc`.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::Value as Json;
use unionbook_core::error::{Error, Result};

use crate::reply::Refused;
use crate::serve::Host;

/// The command that closes the office file; no plain text of it stays behind.
pub const CLOSE: &str = "desk.close";

#[derive(Deserialize)]
struct Call {
    command: String,
    #[serde(default)]
    payload: Json,
    #[serde(default)]
    job: Option<String>,
}

/// Runs a call of the desk on a thread of its own, so that a long one holds up no other.
pub async fn rpc(State(host): State<Arc<Host>>, body: Bytes) -> Result<Response, Refused> {
    let answer = apart(move || {
        let call: Call = serde_json::from_slice(&body).map_err(|fault| Error::Usage(format!("请求不是合格的 JSON（{fault}）")))?;
        let answer = host.desk.rpc(&call.command, call.payload, call.job.as_deref());
        if call.command == CLOSE {
            host.exchange.empty();
        }
        let answer = answer?;
        serde_json::to_vec(&answer).map_err(|fault| Error::Usage(format!("无法写出结果（{fault}）")))
    });
    Ok(([(header::CONTENT_TYPE, "application/json")], answer.await?).into_response())
}

/// Closes the office file, with its backup, and takes the files of the exchange away.
pub async fn close(host: Arc<Host>) {
    let _ = apart(move || {
        let closed = host.desk.rpc(CLOSE, Json::Null, None);
        host.exchange.empty();
        closed
    })
    .await;
}

/// Does work that may wait for the disk on a thread of its own.
pub async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|fault| Err(Error::Bug(fault.to_string())))
}
