//! What the commands of accounts take.

use std::path::PathBuf;

use clap::Subcommand;

use super::OneFile;

/// What is done with accounts.
#[derive(Debug, Subcommand)]
pub enum Account {
    /// 列出账号
    List(OneFile),
    /// 新增账号
    Add(NewAccount),
    /// 修改账号的姓名或角色
    Change(ChangedAccount),
    /// 停用账号
    Remove(OneAccount),
    /// 为账号重设密码，不问旧密码
    Reset(ResetAccount),
}

/// An account to add.
#[derive(Debug, clap::Args)]
pub struct NewAccount {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 姓名
    #[arg(value_name = "姓名")]
    pub name: String,
    /// 角色：管理员、经办、审核、查阅
    #[arg(long, value_name = "角色")]
    pub role: String,
    /// 从文件第一行读取这个账号的密码；不写时用环境变量 UNIONBOOK_NEW_PASSWORD，再没有就在终端询问两遍
    #[arg(long, value_name = "文件")]
    pub new_password_file: Option<PathBuf>,
}

/// An account to change.
#[derive(Debug, clap::Args)]
pub struct ChangedAccount {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 姓名
    #[arg(value_name = "姓名")]
    pub name: String,
    /// 新的姓名
    #[arg(long, value_name = "新姓名")]
    pub rename: Option<String>,
    /// 新的角色：管理员、经办、审核、查阅
    #[arg(long, value_name = "角色")]
    pub role: Option<String>,
}

/// One account.
#[derive(Debug, clap::Args)]
pub struct OneAccount {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 姓名
    #[arg(value_name = "姓名")]
    pub name: String,
}

/// An account whose password is lost.
#[derive(Debug, clap::Args)]
pub struct ResetAccount {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 姓名
    #[arg(value_name = "姓名")]
    pub name: String,
    /// 从文件第一行读取新密码；不写时用环境变量 UNIONBOOK_NEW_PASSWORD，再没有就在终端询问两遍
    #[arg(long, value_name = "文件")]
    pub new_password_file: Option<PathBuf>,
}
