//! What the command line takes.

use std::path::PathBuf;

use clap::Parser;

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "unionbook-browser", about = "工会台账（浏览器版）：只在本机提供，用系统的浏览器使用", version)]
pub struct Args {
    /// 端口；不写时由系统挑一个空闲的
    #[arg(long, default_value_t = 0, value_name = "端口")]
    pub port: u16,
    /// 启动后打开系统的浏览器
    #[arg(long)]
    pub open: bool,
    /// 启动后打开这个台账文件
    #[arg(long, value_name = "文件", requires = "password_file")]
    pub office: Option<PathBuf>,
    /// 从文件第一行读取台账的密码
    #[arg(long, value_name = "文件")]
    pub password_file: Option<PathBuf>,
    /// 界面文件所在的文件夹（开发用）
    #[arg(long, value_name = "文件夹")]
    pub ui: Option<PathBuf>,
    /// 另外允许的页面来源，例如 http://127.0.0.1:5173（开发用）
    #[arg(long, value_name = "来源")]
    pub origin: Option<String>,
    /// 这么多分钟没有页面来访就退出；0 为一直运行
    #[arg(long, default_value_t = 0, value_name = "分钟")]
    pub idle: u64,
}
