//! Every command of the app, declared once: the window and the command line call them by name.

use serde_json::Value as Json;

use crate::api::{self, Command};
use crate::members::{Change, Member};
use crate::paper::OnPaper;
use crate::privacy::Blocking;
use crate::record::{Id, Money};
use crate::report::task::{Flaw, Task};
use crate::report::workbook::Proposal;
use crate::returns::Return;
use crate::sheet::import::Preview;
use crate::stations::Inspection;
use crate::store::{self, Account, Finding, Line, Written};
use crate::terms::TermList;
use crate::units::{Unit, UnitMove};
use crate::{
    activities, closing, commands, demo, desk, desk_commands, handover, home, members, monthly, people, privacy, returns, stations, units,
    volunteers,
};

/// The commands that an open file answers, each with the right that it needs.
pub const COMMANDS: &[Command] = commands! {
    "record.describe" => "记录说明", read by Read, api::describe(api::Describe) -> Vec<Json>;
    "record.list" => "查看清单", file by Read, api::list(api::List) -> api::Page;
    "record.get" => "查看记录", file by Read, api::get(api::Get) -> api::Found;
    "record.save" => "保存记录", file by Enter, api::save(api::Save) -> Written<api::Saved>;
    "record.edit" => "批量修改", file by Enter, api::edit(api::Edit) -> Written<api::Edited>;
    "record.sums" => "合计", read by Read, api::sums(api::Sums) -> api::Summed;
    "record.remove" => "删除记录", file by Enter, api::remove(api::Remove) -> Written<api::Removed>;
    "record.history" => "查看修改记录", file by Read, api::history(api::History) -> Vec<api::Past>;
    "sheet.preview" => "预览导入", long by Enter, api::preview(api::SheetIn) -> Preview;
    "sheet.import" => "导入", long by Enter, api::import(api::Import) -> Written<api::Imported>;
    "sheet.export" => "导出", file by Read, api::export(api::SheetOut) -> u64;
    "term.list" => "查看代码表", read by Read, api::terms(api::Terms) -> &'static TermList;
    "step.together" => "成批办理", file by Work, api::together(api::Together) -> Written<Vec<api::Refused>>;
    "step.timeline" => "查看操作记录", read by Read, api::timeline(api::Timeline) -> Vec<Line>;
    "step.undo" => "撤销", file by Work, api::undo(api::Undo) -> Written<String>;
    "step.redo" => "重做", file by Work, api::redo(api::Nothing) -> Written<String>;
    "store.check" => "检查", file by Read, api::check(api::Nothing) -> Vec<Finding>;
    "store.mend" => "修复", file by Manage, api::mend(api::Nothing) -> store::Mended;
    "store.trials" => "自检", long by Read, api::trials(api::Nothing) -> Vec<store::Trial>;
    "store.backup" => "备份", file by Read, api::backup(api::Backup) -> std::path::PathBuf;

    "account.list" => "查看账号", file by Read, api::accounts(api::Nothing) -> Vec<api::AccountLine>;
    "account.add" => "新增账号", file by Manage, api::add_account(store::NewAccount) -> Written<Id<Account>>;
    "account.change" => "修改账号", file by Manage, api::change_account(store::AccountChange) -> Written<()>;
    "account.remove" => "停用账号", file by Manage, api::remove_account(api::AccountOf) -> Written<()>;
    "account.reset" => "重设密码", file by Manage, api::reset_account(api::PasswordOf) -> Written<()>;
    "account.rekey" => "更换台账钥匙", file by Manage, api::rekey(api::Nothing) -> Written<api::Recovery>;
    "account.recovery" => "查看没有收好的恢复密钥", file by Manage, api::unnoted_recovery(api::Nothing) -> Option<String>;
    "account.noted" => "收好恢复密钥", file by Manage, api::noted_recovery(api::Nothing) -> ();

    "home.today" => "首页", file by Read, home::today(home::Home) -> home::Today;

    "handover.list" => "查看交接清单", read by Read, handover::list(api::Nothing) -> Vec<handover::HandoverLine>;
    "handover.after" => "查看接手后要办的事", read by Read, handover::after(handover::Since) -> Vec<handover::AfterLine>;
    "handover.paper" => "写出交接清单", file by Read, handover::write_list(handover::HandOver) -> OnPaper;
    "handover.pack" => "制作交接包", file by Manage, handover::pack(handover::HandOver) -> handover::HandedFile;

    "units.tree" => "工会组织树", read by Read, members::tree(members::TreeOf) -> Vec<members::TreeLine>;
    "units.open" => "新建工会", write by Enter, units::open(Unit) -> Id<Unit>;
    "units.relocate" => "调整隶属关系", write by Enter, units::relocate(units::Relocate) -> Id<UnitMove>;
    "units.close" => "撤销工会", write by Enter, closing::close(closing::CloseUnion) -> closing::HandedOver;
    "units.merge" => "合并工会", write by Enter, closing::merge(closing::MergeUnion) -> closing::HandedOver;

    "people.merge" => "合并人员", write by Enter, people::merge(people::MergePeople) -> api::United;

    "privacy.standing" => "查看保存期限", read by Read, privacy::stands(privacy::StandingOf) -> privacy::Standing;
    "privacy.review" => "到期清理", read by Enter, privacy::review(privacy::ReviewOf) -> privacy::Review;
    "privacy.due" => "到期清理", read by Read, privacy::due(privacy::DueOf) -> privacy::DueCount;
    "privacy.before_block" => "核对能否封存", read by Enter, privacy::before_block(privacy::Chosen) -> privacy::BeforeBlock;
    "privacy.before_erase" => "核对能否清除", read by Manage, privacy::before_erase(privacy::Chosen) -> privacy::BeforeErase;
    "privacy.block" => "封存个人信息", write by Enter, privacy::block(privacy::Block) -> Id<Blocking>;
    "privacy.unblock" => "解除封存", write by Enter, privacy::unblock(privacy::Unblock) -> ();
    "privacy.erase" => "清除个人信息", file by Manage, privacy::erase(privacy::Erase) -> Written<privacy::Erased>;
    "privacy.person_sheet" => "导出个人信息", file by Enter, privacy::person_sheet(privacy::PersonFile) -> privacy::PersonSheet;

    "members.open_book" => "建账", write by Enter, members::open_book(members::OpenBook) -> Id<Member>;
    "members.join" => "办理入会", write by Enter, members::join(members::Join) -> Id<Member>;
    "members.enroll" => "办理入会", write by Enter, members::enroll(members::Enroll) -> Id<Member>;
    "members.transfer_in" => "办理转入", write by Enter, members::transfer_in(members::TransferIn) -> Id<Member>;
    "members.transfer" => "办理转会", write by Enter, members::transfer(members::Transfer) -> Id<Change>;
    "members.retain" => "保留会籍", write by Enter, members::retain(members::Turn) -> Id<Change>;
    "members.resume" => "恢复会籍", write by Enter, members::resume(members::Turn) -> Id<Change>;
    "members.leave" => "办理退会", write by Enter, members::leave(members::Turn) -> Id<Change>;
    "members.expel" => "除名", write by Enter, members::expel(members::Turn) -> Id<Change>;
    "members.collect_dues" => "登记会费", write by Enter, members::collect_dues(members::CollectDues) -> Money;

    "stations.record_visits" => "登记服务人次", write by Enter, stations::record_visits(stations::RecordVisits) -> stations::RecordedVisits;
    "stations.inspect" => "检查站点", write by Enter, stations::inspect(stations::Inspect) -> Id<Inspection>;
    "stations.clear_inspection" => "站点整改合格", write by Enter, stations::clear_inspection(stations::ClearInspection) -> ();

    "activities.hold" => "登记活动举办", write by Enter, activities::hold(activities::HoldActivity) -> ();
    "activities.count" => "登记活动人数", write by Enter, activities::count(activities::CountPeople) -> ();
    "activities.participants" => "登记活动参加人", write by Enter, activities::participants(activities::Participants) -> activities::Attended;
    "activities.sign_in_sheet" => "写出签到表", file by Read, activities::sign_in_sheet(activities::SignInSheet) -> OnPaper;

    "volunteers.register" => "注册志愿者", write by Enter, volunteers::register(volunteers::RegisterVolunteers) -> volunteers::RegisteredVolunteers;
    "volunteers.move_to_team" => "志愿者编队", write by Enter, volunteers::move_to_team(volunteers::MoveToTeam) -> usize;
    "volunteers.end" => "注销志愿者", write by Enter, volunteers::end(volunteers::EndVolunteers) -> usize;
    "volunteers.record_service" => "登记服务时长", write by Enter, volunteers::record_service(volunteers::RecordService) -> volunteers::RecordedService;
    "volunteers.tally" => "查看服务时长", read by Read, volunteers::tally(volunteers::TallyOf) -> volunteers::Tally;
    "volunteers.certificate" => "出具志愿服务证明", file by Read, volunteers::certificates(volunteers::Certificates) -> OnPaper;

    "monthly.book" => "查看月报", file by Read, monthly::book(monthly::BookOf) -> monthly::Book;
    "monthly.write" => "写出月报", file by Read, monthly::write_file(monthly::BookFile) -> monthly::Book;
    "monthly.behind" => "查看月报数字的来源", read by Read, monthly::behind_number(monthly::NumberOf) -> Vec<monthly::Counted>;

    "indicator.list" => "查看指标", read by Read, monthly::indicators(api::Nothing) -> Vec<monthly::IndicatorLine>;
    "task.list" => "查看报表任务", read by Read, returns::list(api::Nothing) -> Vec<returns::TaskLine>;
    "task.get" => "查看报表任务", read by Read, returns::task(returns::TaskOf) -> Task;
    "task.check" => "检查报表任务", read by Read, returns::check(returns::NewTask) -> Vec<Flaw>;
    "task.add" => "装入报表任务", write by Enter, returns::add(returns::NewTask) -> Id<returns::TaskFile>;
    "task.form" => "查看报表样式", read by Read, returns::form(returns::TaskOf) -> Vec<Proposal>;
    "task.try" => "试算报表任务", file by Read, returns::try_task(returns::TryTask) -> returns::Tried;
    "return.compute" => "运算报表", file by Enter, returns::compute(returns::ComputeOf) -> Written<Id<Return>>;
    "return.compute_all" => "运算全部报表", file by Enter, returns::compute_all(returns::ComputeAll) -> Written<Vec<Id<Return>>>;
    "return.consolidate" => "汇总报表", file by Approve, returns::consolidate(returns::Consolidate) -> Written<returns::Consolidated>;
    "return.find" => "查找报表", read by Read, returns::find(returns::ComputeOf) -> Option<Id<Return>>;
    "return.view" => "查看报表", file by Read, returns::view(returns::ViewOf) -> returns::ReturnView;
    "return.behind" => "查看报表数字的来源", read by Read, returns::behind(returns::NumberAt) -> returns::Source;
    "return.series" => "查看报表序时数据", read by Read, returns::series(returns::SeriesOf) -> Vec<returns::SeriesPoint>;
    "task.numbers" => "查看报表任务的数", read by Read, returns::task_numbers(returns::TaskOf) -> Vec<returns::TaskNumber>;
    "return.pivot" => "查看透视表", read by Read, returns::pivot(returns::PivotOf) -> returns::Pivot;
    "return.write_pivot" => "写出透视表", read by Read, returns::write_pivot(returns::PivotFile) -> std::path::PathBuf;
    "return.brief" => "写出情况简报", read by Read, returns::brief(returns::Brief) -> OnPaper;
    "return.type_in" => "填写报表", write by Enter, returns::type_in(returns::TypeIn) -> ();
    "return.type_rows" => "填写报表", write by Enter, returns::type_rows(returns::TypeRows) -> ();
    "return.explain" => "说明审核问题", file by Enter, returns::explain(returns::Explain) -> Written<()>;
    "return.sign" => "填写报表签署人", write by Approve, returns::sign(returns::SetSigners) -> ();
    "return.audit" => "审核报表", write by Approve, returns::audit(returns::ReturnOf) -> returns::Audited;
    "return.attach" => "填写报表附件", write by Enter, returns::attach(returns::Attach) -> ();
    "return.correct" => "更正报表", write by Enter, returns::correct(returns::Correct) -> Id<Return>;
    "task.read" => "读取报表任务文件", read by Read, returns::read_package(returns::CardFile) -> Task;
    "task.propose" => "读取空白表", read by Read, returns::propose(returns::CardFile) -> returns::Proposed;
    "task.write" => "写出报表任务", read by Read, returns::write_blank(returns::WriteBlank) -> std::path::PathBuf;
    "return.write" => "写出报表", file by Read, returns::write(returns::WriteReturn) -> std::path::PathBuf;
    "return.send" => "上报封存报表", file by Approve, returns::send(returns::Send) -> Written<returns::SentFile>;
    "return.receive" => "装入上报文件", long by Approve, returns::receive(returns::Receive) -> Written<Vec<returns::Delivered>>;
    "return.delivery" => "查看收件", read by Read, returns::delivery(returns::DeliveryOf) -> returns::Delivered;
    "return.take" => "接收报表", write by Approve, returns::take(returns::Deliveries) -> Vec<Id<Return>>;
    "return.answer" => "写出回执", file by Approve, returns::answer(returns::Answer) -> Written<returns::Answered>;
    "card.own" => "查看本机通讯卡", file by Work, returns::own_card(returns::OwnCard) -> returns::CardShown;
    "card.renew" => "更换签名钥匙", file by Manage, returns::renew_key(api::Nothing) -> Written<returns::CardShown>;
    "card.remove" => "删除通讯卡", file by Approve, returns::remove_card(returns::CardOf) -> Written<()>;
    "card.look" => "查看对方的通讯卡", file by Approve, returns::look_card(returns::CardFile) -> returns::CardShown;
    "card.add" => "装入通讯卡", file by Approve, returns::add_card(returns::CardFile) -> Written<returns::CardShown>;
    "return.board" => "查看报送情况", read by Read, returns::board(returns::BoardOf) -> returns::Board;
    "return.nodes" => "节点检查", read by Read, returns::nodes(returns::NodesOf) -> Vec<returns::Node>;
};

/// The commands that the desk answers itself, whether a file is open or not.
pub const DESK: &[desk::Command] = desk_commands! {
    "desk.state" => "查看本机", now by Anyone, desk::state(api::Nothing) -> desk::DeskState;
    "desk.create" => "新建台账", now by Anyone, desk::create(desk::NewOffice<Unit>) -> desk::NewFile;
    "desk.demo" => "新建示例台账", long by Anyone, desk::demo(desk::NewDemo<demo::Scale>) -> desk::NewFile;
    "desk.open" => "打开台账", now by Anyone, desk::open(desk::Opening) -> desk::DeskState;
    "desk.lies" => "查看台账在哪里", now by Anyone, desk::lies(desk::OnDisk) -> desk::Lies;
    "desk.bring" => "复制台账到本机", now by Anyone, desk::bring(desk::Bringing) -> desk::DeskState;
    "desk.parcel" => "查看交接包", now by Anyone, desk::parcel(desk::OnDisk) -> desk::ParcelFound;
    "desk.take_over" => "接收交接包", now by Anyone, desk::take_over(desk::TakeOver) -> desk::ParcelFound;
    "desk.accounts" => "查看台账的账号", now by Anyone, desk::accounts(desk::OnDisk) -> desk::Names;
    "desk.close" => "关闭台账", now by Anyone, desk::close(api::Nothing) -> desk::DeskState;
    "desk.forget" => "从最近使用中移除", now by Anyone, desk::forget(desk::OnDisk) -> desk::DeskState;
    "desk.keep" => "自动备份", now by Read, desk::keep(api::Nothing) -> desk::DeskState;
    "desk.backup" => "备份", now by Read, desk::backup(desk::BackupNow) -> std::path::PathBuf;
    "desk.backups" => "选择备份文件夹", now by Work, desk::backups(desk::Backups) -> desk::DeskState;
    "desk.copies" => "查看备份", now by Anyone, desk::copies(desk::OnDisk) -> Vec<desk::BackupCopy>;
    "desk.holding" => "查看含已清除信息的备份", now by Read, desk::holding(api::Nothing) -> desk::Holding;
    "desk.drop_holding" => "删除含已清除信息的备份", now by Manage, desk::drop_holding(api::Nothing) -> usize;
    "desk.password" => "修改密码", now by Read, desk::password(desk::NewPassword) -> ();
    "desk.strength" => "看密码强不强", now by Anyone, desk::strength_of(desk::Thought) -> desk::Strength;
    "desk.restore" => "恢复备份", now by Manage, desk::restore(desk::Restoring) -> desk::Restored;
    "desk.settled" => "办完接手或恢复以后的事", now by Manage, desk::settled(api::Nothing) -> desk::DeskState;
    "desk.compare" => "比对另一台电脑的台账", now by Manage, desk::compare(desk::OtherFile) -> desk::Comparing;
    "desk.merge" => "合并另一台电脑的台账", now by Manage, desk::merge(desk::MergeFile) -> Written<desk::Comparing>;
    "desk.recall" => "查看本机设置", now by Anyone, desk::recall(api::Nothing) -> std::collections::BTreeMap<String, Json>;
    "desk.remember" => "记住本机设置", now by Anyone, desk::remember(desk::Remembering) -> ();
    "desk.progress" => "查看进度", now by Anyone, desk::progress(desk::JobName) -> Option<api::Progress>;
    "desk.stop" => "停止", now by Anyone, desk::stop(desk::JobName) -> ();
};

/// Finds the union that an office is called by: its id and its name.
pub const TOPMOST: desk::Topmost = units::topmost;
