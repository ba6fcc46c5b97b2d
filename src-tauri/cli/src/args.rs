//! What the command line takes.

use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand};

mod accounts;
mod returns;

pub use accounts::{Account, ChangedAccount, NewAccount, OneAccount, ResetAccount};
pub use returns::{Card, Consolidate, OneReturn, Receive, Return, Task};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "unionbook-cli",
    about = "工会台账的命令行：一次录入，张张表出",
    disable_help_flag = true,
    disable_help_subcommand = true,
    subcommand_value_name = "命令",
    subcommand_help_heading = "命令"
)]
pub struct Args {
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "通用选项")]
pub struct Common {
    /// 只输出一个 JSON 对象，供程序读取
    #[arg(long, global = true)]
    pub json: bool,
    /// 从文件第一行读取密码；不写时用环境变量 UNIONBOOK_PASSWORD，再没有就在终端询问
    #[arg(long, global = true, value_name = "文件")]
    pub password_file: Option<PathBuf>,
    /// 用打印的恢复密钥打开（也可用环境变量 UNIONBOOK_RECOVERY_KEY）
    #[arg(long, global = true, value_name = "密钥")]
    pub recovery_key: Option<String>,
    /// 用哪个账号打开，写姓名；新建时是第一位管理员（也可用环境变量 UNIONBOOK_ACCOUNT；只有一个账号时可以不写）
    #[arg(long, alias = "clerk", global = true, value_name = "姓名")]
    pub account: Option<String>,
    /// 显示帮助
    #[arg(short = 'h', long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 新建台账，并显示一次恢复密钥
    New(New),
    /// 新建一个示例台账：虚构的组织、人员和业务，同样的种子得到同样的内容
    Demo(Demo),
    /// 导入表格：先逐行检查，再把合格的行一步写入，可以整体撤销
    Import(Import),
    /// 把记录导出为表格，或填进上级发的空白表
    Export(Export),
    /// 写出报表
    Report(Report),
    /// 报表任务：查看、检查、装入、写出
    #[command(subcommand)]
    Task(Task),
    /// 报表：运算、审核、封存、上报、报送情况
    #[command(subcommand)]
    Return(Return),
    /// 装入下级发来的上报文件或文件夹，没有问题的直接接收
    Receive(Receive),
    /// 汇总下级的报表，并写出表格
    Consolidate(Consolidate),
    /// 通讯卡：写出本机的，或装入对方的
    #[command(subcommand)]
    Card(Card),
    /// 列出记录
    List(List),
    /// 查看操作记录，或一条记录的修改经过
    History(History),
    /// 撤销一步操作；不写编号时撤销最近一步
    Undo(Undo),
    /// 重做刚撤销的操作
    Redo(OneFile),
    /// 检查台账是否完好
    Check(OneFile),
    /// 备份到文件夹
    Backup(Backup),
    /// 用备份恢复台账；原文件移到一旁，不会删除
    Restore(Restore),
    /// 合并本单位另一台电脑的台账，算一步操作，可以撤销
    Merge(Merge),
    /// 修改自己的密码
    Password(Password),
    /// 账号：谁能打开台账，能办哪些事
    #[command(subcommand)]
    Account(Account),
    /// 换新钥匙：整个文件重新加密，并显示一次新的恢复密钥
    Rekey(OneFile),
    /// 执行一个命令，参数和结果都是 JSON
    Call(Call),
    /// 列出各种记录，或一种记录的栏目
    Describe(Describe),
    /// Writes the window's types.
    #[command(hide = true)]
    GenTypes(GenTypes),
}

/// A new file.
#[derive(Debug, clap::Args)]
pub struct New {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 本级工会的名称
    #[arg(long, value_name = "名称")]
    pub unit: String,
    /// 本级工会的组织编号
    #[arg(long, value_name = "编号")]
    pub code: String,
    /// 本级工会的层级：省级、市级、区县级、乡镇街道级、基层
    #[arg(long, value_name = "层级", default_value = "基层", hide_default_value = true)]
    pub level: String,
}

/// A demonstration.
#[derive(Debug, clap::Args)]
pub struct Demo {
    /// 要新建的台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 规模：office 一个基层工会，town 一个街道，county 一个区县，province 一个省（两百万人）
    #[arg(long, value_name = "规模", value_parser = ["office", "town", "county", "province"], hide_possible_values = true)]
    pub scale: String,
    /// 种子，一个整数
    #[arg(long, value_name = "种子", default_value_t = 1, hide_default_value = true)]
    pub seed: u64,
    /// 写到哪个月为止，例如 2026-10；不写时到上个月
    #[arg(long, value_name = "月份")]
    pub until: Option<String>,
}

/// A sheet to bring in.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 记录的名称，例如 member、unit（用 describe 查看全部）
    #[arg(value_name = "记录")]
    pub record: String,
    /// 表格文件：xlsx、xls、csv 或 tsv
    #[arg(value_name = "表格")]
    pub sheet: PathBuf,
    /// 表格的版式：roster（工会会员信息采集表）、units（工会组织信息采集表）
    #[arg(long, value_name = "版式")]
    pub layout: Option<String>,
    /// 工作表的名称；不写时取第一张能认出表头的
    #[arg(long, value_name = "名称")]
    pub sheet_name: Option<String>,
    /// 表里没有写明组织的行，归入这个组织
    #[arg(long, value_name = "编号")]
    pub unit: Option<String>,
    /// 建账：表里的会员原来就在会，按各自的入会日期计入，不算本月新增
    #[arg(long)]
    pub opening: bool,
    /// 建账的日期，例如 2026-10-01；不写时为今天
    #[arg(long, value_name = "日期", requires = "opening")]
    pub opening_day: Option<chrono::NaiveDate>,
    /// 已是别处会员等需要选择的行：skip 跳过，update 更新，transfer 转入
    #[arg(long, value_name = "办法", value_parser = ["skip", "update", "transfer"], default_value = "skip", hide_default_value = true, hide_possible_values = true)]
    pub conflicts: String,
    /// 文本表格的编码：utf-8、utf-16、gb18030；不写时自动识别
    #[arg(long, value_name = "编码")]
    pub encoding: Option<String>,
    /// 只检查，不写入
    #[arg(long, conflicts_with = "errors")]
    pub dry_run: bool,
    /// 只要有一行有误，就一行都不导入；不写时导入合格的行
    #[arg(long)]
    pub all_or_nothing: bool,
    /// 把没有导入的行连同原因写到这个工作簿
    #[arg(long, value_name = "表格")]
    pub errors: Option<PathBuf>,
}

/// A report to write.
#[derive(Debug, clap::Args)]
pub struct Report {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 报表：monthly 月报
    #[arg(value_name = "报表", value_parser = ["monthly"], hide_possible_values = true)]
    pub report: String,
    /// 要写的工作簿
    #[arg(value_name = "表格")]
    pub out: PathBuf,
    /// 哪个组织
    #[arg(long, value_name = "编号")]
    pub unit: String,
    /// 哪个月，例如 2026-10；也可以是 2026Q3、2026H1、2026
    #[arg(long, value_name = "期间")]
    pub period: String,
    /// 展开几级下级组织；不写时只到直属下级
    #[arg(long, value_name = "级数", default_value_t = 1, hide_default_value = true)]
    pub depth: usize,
}

/// Records to send out.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 记录的名称，例如 member
    #[arg(value_name = "记录")]
    pub record: String,
    /// 导出的文件：.xlsx 或 .csv
    #[arg(value_name = "文件")]
    pub out: PathBuf,
    /// 版式：roster（会员信息采集表）、units（组织信息采集表）；要和 --blank 一起用
    #[arg(long, value_name = "版式", requires = "blank")]
    pub layout: Option<String>,
    /// 上级发的空白表：填好后除数据外一处不改
    #[arg(long, value_name = "空白表", requires = "layout")]
    pub blank: Option<PathBuf>,
    /// 只导出这个组织和它的下级
    #[arg(long, value_name = "编号")]
    pub unit: Option<String>,
    /// 文本文件的编码：utf-8、gb18030、gbk
    #[arg(long, value_name = "编码", default_value = "utf-8", hide_default_value = true)]
    pub encoding: String,
}

/// A list of records.
#[derive(Debug, clap::Args)]
pub struct List {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 记录的名称，例如 member、unit（用 describe 查看全部）
    #[arg(value_name = "记录")]
    pub record: String,
    /// 查找的内容：姓名、拼音、简拼、手机尾号、证件号码开头等
    #[arg(long, value_name = "内容")]
    pub search: Option<String>,
    /// 只列这个组织和它的下级
    #[arg(long, value_name = "编号")]
    pub unit: Option<String>,
    /// 最多列几条，不超过 1000
    #[arg(long, value_name = "条数", default_value_t = 50, hide_default_value = true)]
    pub limit: usize,
    /// 显示完整的证件号码、电话等保密内容
    #[arg(long)]
    pub reveal: bool,
}

/// What happened.
#[derive(Debug, clap::Args)]
pub struct History {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 记录的名称；不写时列出全部操作
    #[arg(value_name = "记录", requires = "id")]
    pub record: Option<String>,
    /// 记录的编号；关联记录写两个编号，用逗号隔开
    #[arg(value_name = "编号")]
    pub id: Option<String>,
    /// 最多列几步
    #[arg(long, value_name = "步数", default_value_t = 50, hide_default_value = true)]
    pub limit: i64,
    /// 显示完整的保密内容
    #[arg(long)]
    pub reveal: bool,
}

/// A step to take back.
#[derive(Debug, clap::Args)]
pub struct Undo {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 操作的编号，见 history
    #[arg(value_name = "步号")]
    pub step: Option<i64>,
}

/// A file and nothing else.
#[derive(Debug, clap::Args)]
pub struct OneFile {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
}

/// A backup to make.
#[derive(Debug, clap::Args)]
pub struct Backup {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 存放备份的文件夹，没有时自动建立
    #[arg(value_name = "文件夹")]
    pub folder: PathBuf,
}

/// A backup to bring back.
#[derive(Debug, clap::Args)]
pub struct Restore {
    /// 备份文件，旁边要有它的 .keys 钥匙文件
    #[arg(value_name = "备份")]
    pub backup: PathBuf,
    /// 要恢复成的台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
}

/// Another PC's file to merge.
#[derive(Debug, clap::Args)]
pub struct Merge {
    /// 本机的台账
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 另一台电脑的台账，旁边要有它的 .keys 钥匙文件；它不会被改动
    #[arg(value_name = "另一份台账")]
    pub other: PathBuf,
    /// 只说会合并什么、有哪些不一致，不写入
    #[arg(long)]
    pub dry_run: bool,
    /// 两台电脑改得不一样的，都以另一份为准；不写时以本机为准
    #[arg(long)]
    pub take_theirs: bool,
    /// 从文件第一行读取另一份台账的密码；两份还是同一套钥匙时不用写
    #[arg(long, value_name = "文件")]
    pub other_password_file: Option<PathBuf>,
    /// 另一份台账用哪个账号打开
    #[arg(long, value_name = "姓名")]
    pub other_account: Option<String>,
}

/// A new password.
#[derive(Debug, clap::Args)]
pub struct Password {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 从文件第一行读取新密码；不写时用环境变量 UNIONBOOK_NEW_PASSWORD，再没有就在终端询问两遍
    #[arg(long, value_name = "文件")]
    pub new_password_file: Option<PathBuf>,
}

/// A command to call.
#[derive(Debug, clap::Args)]
pub struct Call {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub file: PathBuf,
    /// 命令的名称，例如 record.list
    #[arg(value_name = "命令")]
    pub command: String,
    /// 命令的参数，一个 JSON 对象；写 - 时从标准输入读取
    #[arg(value_name = "JSON", default_value = "{}", hide_default_value = true)]
    pub payload: String,
}

/// A record to describe.
#[derive(Debug, clap::Args)]
pub struct Describe {
    /// 记录的名称；不写时列出全部
    #[arg(value_name = "记录")]
    pub record: Option<String>,
}

/// Where the window's types go.
#[derive(Debug, clap::Args)]
pub struct GenTypes {
    /// The TypeScript file.
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
}
