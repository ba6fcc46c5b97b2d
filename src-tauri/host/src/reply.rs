//! What is answered when a request is not: the same report everywhere, as JSON for calls and as a page for people.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use unionbook_core::error::{Error, Report};

use crate::gate::Kept;

/// A refusal with its status.
#[derive(Debug)]
pub struct Refused(pub StatusCode, pub Report);

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        let report = error.report();
        let status = match report.code {
            "usage" => StatusCode::BAD_REQUEST,
            "closed" | "stopped" | "busy" => StatusCode::CONFLICT,
            "gone" => StatusCode::NOT_FOUND,
            "bug" | "db" | "damaged" => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self(status, report)
    }
}

impl From<Kept> for Refused {
    fn from(kept: Kept) -> Self {
        match kept {
            Kept::Stranger => plain(
                StatusCode::FORBIDDEN,
                "stranger",
                "这个请求不是从本程序的页面发出的，已拒绝。",
                "请从开始菜单或应用程序列表重新启动工会台账。",
            ),
            Kept::NoSession => plain(
                StatusCode::UNAUTHORIZED,
                "session",
                "这个页面没有登录本机的工会台账，或启动链接已经用过。",
                "请关闭这个页面，从开始菜单或应用程序列表重新启动工会台账。",
            ),
        }
    }
}

/// Makes a refusal from its parts.
pub fn plain(status: StatusCode, code: &'static str, message: &str, hint: &str) -> Refused {
    Refused(status, Report { code, message: message.into(), hint: hint.into(), faults: Vec::new(), detail: String::new() })
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(self.1)).into_response()
    }
}

impl Refused {
    /// Writes the refusal as a page for people.
    pub fn page(&self) -> Response {
        let page = format!(
            "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>工会台账</title><h1>{}</h1><p>{}</p></html>",
            escaped(&self.1.message),
            escaped(&self.1.hint)
        );
        (self.0, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
