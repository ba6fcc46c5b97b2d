//! What the commands of tasks and returns take.

use std::path::PathBuf;

use clap::Subcommand;

use super::OneFile;

/// What is done with tasks.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// 列出报表任务
    List(OneFile),
    /// 检查任务文件是否前后一致，不装入
    Check(TaskFile),
    /// 装入任务文件
    New(TaskFile),
    /// 写出空白表（.xlsx）或任务文件（.json）
    Write(TaskOut),
}

/// A package file.
#[derive(Debug, clap::Args)]
pub struct TaskFile {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 任务文件，上级下发的 .json
    #[arg(value_name = "任务文件")]
    pub package: PathBuf,
}

/// A task to write.
#[derive(Debug, clap::Args)]
pub struct TaskOut {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 任务代号，例如 members
    #[arg(value_name = "任务")]
    pub task: String,
    /// 要写的文件
    #[arg(value_name = "文件")]
    pub out: PathBuf,
}

/// What is done with returns.
#[derive(Debug, Subcommand)]
pub enum Return {
    /// 由台账运算出报表草稿
    Compute(OneReturn),
    /// 审核：列出不成立的关系
    Check(OneReturn),
    /// 封存：审核通过后不再改变
    Freeze(OneReturn),
    /// 封存并写出上报文件
    Seal(ReturnOut),
    /// 写出表格，不封存
    Write(ReturnOut),
    /// 报送情况：谁报了，谁没报
    Status(OneReturn),
}

/// Which return.
#[derive(Debug, clap::Args)]
pub struct OneReturn {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 任务代号，例如 members
    #[arg(value_name = "任务")]
    pub task: String,
    /// 哪个组织
    #[arg(long, value_name = "编号")]
    pub unit: String,
    /// 哪个期间：2026-10、2026-Q3、2026-H1、2026、2026-U
    #[arg(long, value_name = "期间")]
    pub period: String,
}

/// A return and the file that it goes to.
#[derive(Debug, clap::Args)]
pub struct ReturnOut {
    /// Which return.
    #[command(flatten)]
    pub of: OneReturn,
    /// 要写的文件
    #[arg(value_name = "文件")]
    pub out: PathBuf,
}

/// Files to receive.
#[derive(Debug, clap::Args)]
pub struct Receive {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 上报文件或文件夹
    #[arg(value_name = "文件", required = true)]
    pub paths: Vec<PathBuf>,
    /// 只装入和核对，不接收
    #[arg(long)]
    pub look: bool,
}

/// Returns to add up.
#[derive(Debug, clap::Args)]
pub struct Consolidate {
    /// Which return.
    #[command(flatten)]
    pub of: OneReturn,
    /// 要写的表格
    #[arg(value_name = "表格")]
    pub out: PathBuf,
    /// 只汇总直属下级；不写时，没有报的下级用它的下级的报表
    #[arg(long)]
    pub direct: bool,
    /// 不加本级
    #[arg(long)]
    pub without_own: bool,
}

/// What is done with cards.
#[derive(Debug, Subcommand)]
pub enum Card {
    /// 写出本机的通讯卡
    Write(CardFile),
    /// 装入对方的通讯卡
    Add(CardFile),
}

/// A card's file.
#[derive(Debug, clap::Args)]
pub struct CardFile {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 通讯卡文件
    #[arg(value_name = "通讯卡")]
    pub card: PathBuf,
}
