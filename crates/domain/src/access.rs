//! Who may do what: roles × capabilities, one table (X1). Routes, actions and tests read it; nothing else decides.

/// What a person is in the office. One account may hold several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// *Văn thư*: keeps the registers, numbers and issues documents.
    Clerk,
    /// *Công chức chuyên môn của đơn vị*: keeps the lines of the own unit's work.
    Officer,
    /// *Lãnh đạo phòng, đơn vị*: answers for what the unit writes, and clears it first.
    UnitHead,
    /// *Đài truyền thanh*: supplies news.
    Radio,
    /// *Người phát ngôn*.
    Spokesperson,
    /// *Chủ tịch, Phó Chủ tịch*: signs.
    Leader,
    /// *Cơ quan cấp trên*: reads the report and its figures.
    Superior,
    /// *Quản trị*: people, settings, calendar, law data, backup. Signs nothing.
    Administrator,
}

/// What can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capability {
    /// Sees the dashboard, figures and reports.
    ReadReports,
    /// Sees registers, without personal data.
    ReadRegisters,
    /// Sees personal data in registers; each view is logged.
    ReadPersonalData,
    /// Adds and changes lines of registers.
    WriteRegisters,
    /// Imports files into registers.
    ImportRegisters,
    /// Exports registers.
    ExportRegisters,
    /// Writes the narrative of a report and freezes its figures.
    DraftReport,
    /// Clears a report (*thẩm định, cho ý kiến*).
    ClearReport,
    /// Signs off a report (*ký*); never one the same person drafted.
    SignReport,
    /// Gives number and date and sends the report out (*phát hành*).
    IssueReport,
    /// Sees what is being written for the public.
    ReadPublications,
    /// Writes what is to be published, and uploads its files.
    WritePublications,
    /// Approves what others wrote for the public (*duyệt nội dung*).
    ApprovePublications,
    /// Publishes, schedules and withdraws what was approved (*đăng, gỡ*).
    PublishPublications,
    /// Sees requests of the press and what becomes of them.
    ReadPress,
    /// Takes requests of the press, hands them to units, keeps their limits (*tiếp nhận, phân công*).
    TakePress,
    /// Writes answers and supplies parts for the own unit (*soạn nội dung trả lời*).
    DraftPress,
    /// Clears answers at the steps of the chain (*thẩm định, duyệt*).
    ClearPress,
    /// Approves an urgent answer past the chain (*duyệt khẩn*).
    ApprovePress,
    /// Gives answers a number and sends them (*phát hành*).
    IssuePress,
    /// Handles requests of people about their own data (*giải quyết yêu cầu của chủ thể dữ liệu*).
    HandleDataRequests,
    /// Writes down breaches of personal data and sends their notices (*lập, gửi thông báo vi phạm*).
    ReportBreaches,
    /// Changes calendar days and confirms years.
    WriteCalendar,
    /// Changes dated rules.
    WriteLaw,
    /// Changes units.
    WriteUnits,
    /// Changes people and their roles.
    WritePeople,
    /// Reads the ledger.
    ReadLedger,
    /// Reads the log of security events.
    ReadSecurityLog,
    /// Changes settings, sees background jobs, makes backups.
    Administer,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 8] = [
        Role::Clerk,
        Role::Officer,
        Role::UnitHead,
        Role::Radio,
        Role::Spokesperson,
        Role::Leader,
        Role::Superior,
        Role::Administrator,
    ];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Role::Clerk => "clerk",
            Role::Officer => "officer",
            Role::UnitHead => "unit_head",
            Role::Radio => "radio",
            Role::Spokesperson => "spokesperson",
            Role::Leader => "leader",
            Role::Superior => "superior",
            Role::Administrator => "administrator",
        }
    }

    /// The role with this stored word.
    pub fn from_word(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }
}

impl Capability {
    /// All capabilities.
    pub const ALL: [Capability; 29] = [
        Capability::ReadReports,
        Capability::ReadRegisters,
        Capability::ReadPersonalData,
        Capability::WriteRegisters,
        Capability::ImportRegisters,
        Capability::ExportRegisters,
        Capability::DraftReport,
        Capability::ClearReport,
        Capability::SignReport,
        Capability::IssueReport,
        Capability::ReadPublications,
        Capability::WritePublications,
        Capability::ApprovePublications,
        Capability::PublishPublications,
        Capability::ReadPress,
        Capability::TakePress,
        Capability::DraftPress,
        Capability::ClearPress,
        Capability::ApprovePress,
        Capability::IssuePress,
        Capability::HandleDataRequests,
        Capability::ReportBreaches,
        Capability::WriteCalendar,
        Capability::WriteLaw,
        Capability::WriteUnits,
        Capability::WritePeople,
        Capability::ReadLedger,
        Capability::ReadSecurityLog,
        Capability::Administer,
    ];

    /// The stored word; locale key `capability.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Capability::ReadReports => "read_reports",
            Capability::ReadRegisters => "read_registers",
            Capability::ReadPersonalData => "read_personal_data",
            Capability::WriteRegisters => "write_registers",
            Capability::ImportRegisters => "import_registers",
            Capability::ExportRegisters => "export_registers",
            Capability::DraftReport => "draft_report",
            Capability::ClearReport => "clear_report",
            Capability::SignReport => "sign_report",
            Capability::IssueReport => "issue_report",
            Capability::ReadPublications => "read_publications",
            Capability::WritePublications => "write_publications",
            Capability::ApprovePublications => "approve_publications",
            Capability::PublishPublications => "publish_publications",
            Capability::ReadPress => "read_press",
            Capability::TakePress => "take_press",
            Capability::DraftPress => "draft_press",
            Capability::ClearPress => "clear_press",
            Capability::ApprovePress => "approve_press",
            Capability::IssuePress => "issue_press",
            Capability::HandleDataRequests => "handle_data_requests",
            Capability::ReportBreaches => "report_breaches",
            Capability::WriteCalendar => "write_calendar",
            Capability::WriteLaw => "write_law",
            Capability::WriteUnits => "write_units",
            Capability::WritePeople => "write_people",
            Capability::ReadLedger => "read_ledger",
            Capability::ReadSecurityLog => "read_security_log",
            Capability::Administer => "administer",
        }
    }
}

/// The table: who may do what. A cell that is not here is refused.
#[expect(clippy::too_many_lines, reason = "one line for each cell of the table")]
pub const fn allowed(role: Role) -> &'static [Capability] {
    use Capability as C;
    match role {
        Role::Clerk => &[
            C::ReadReports,
            C::ReadRegisters,
            C::ReadPersonalData,
            C::WriteRegisters,
            C::ImportRegisters,
            C::ExportRegisters,
            C::DraftReport,
            C::IssueReport,
            C::ReadPublications,
            C::WritePublications,
            C::PublishPublications,
            C::ReadPress,
            C::TakePress,
            C::IssuePress,
            C::HandleDataRequests,
        ],
        Role::Officer => &[
            C::ReadReports,
            C::ReadRegisters,
            C::ReadPersonalData,
            C::WriteRegisters,
            C::ImportRegisters,
            C::DraftReport,
            C::ReadPublications,
            C::WritePublications,
            C::ReadPress,
            C::DraftPress,
        ],
        Role::UnitHead => &[
            C::ReadReports,
            C::ReadRegisters,
            C::ReadPersonalData,
            C::ReadPublications,
            C::ReadPress,
            C::DraftPress,
            C::ClearPress,
        ],
        Role::Radio => &[
            C::ReadReports,
            C::ReadRegisters,
            C::WriteRegisters,
            C::ImportRegisters,
            C::ReadPublications,
            C::WritePublications,
        ],
        Role::Spokesperson => &[
            C::ReadReports,
            C::ReadRegisters,
            C::ReadPersonalData,
            C::WriteRegisters,
            C::ExportRegisters,
            C::DraftReport,
            C::ClearReport,
            C::ReadPublications,
            C::WritePublications,
            C::ApprovePublications,
            C::PublishPublications,
            C::ReadPress,
            C::TakePress,
            C::ClearPress,
            C::ApprovePress,
            C::HandleDataRequests,
            C::ReportBreaches,
        ],
        Role::Leader => &[
            C::ReadReports,
            C::ReadRegisters,
            C::ExportRegisters,
            C::ClearReport,
            C::SignReport,
            C::ReadPublications,
            C::ApprovePublications,
            C::PublishPublications,
            C::ReadLedger,
            C::ReadPress,
            C::ClearPress,
            C::ApprovePress,
            C::ReportBreaches,
        ],
        Role::Superior => &[C::ReadReports],
        Role::Administrator => &[
            C::ReadReports,
            C::ReadRegisters,
            C::ImportRegisters,
            C::ExportRegisters,
            C::WriteCalendar,
            C::WriteLaw,
            C::WriteUnits,
            C::WritePeople,
            C::ReadLedger,
            C::ReadSecurityLog,
            C::Administer,
            C::ReportBreaches,
        ],
    }
}

/// Whether somebody with these roles may do it.
pub fn may(roles: &[Role], capability: Capability) -> bool {
    roles.iter().any(|role| allowed(*role).contains(&capability))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_unique_and_found_again() {
        for role in Role::ALL {
            assert_eq!(Role::from_word(role.word()), Some(role));
        }
        let words: std::collections::BTreeSet<_> = Capability::ALL.iter().map(|c| c.word()).collect();
        assert_eq!(words.len(), Capability::ALL.len());
    }

    #[test]
    fn nobody_without_a_role_may_do_anything() {
        assert!(Capability::ALL.iter().all(|capability| !may(&[], *capability)));
    }

    #[test]
    fn the_administrator_neither_drafts_nor_signs_and_the_superior_only_reads_reports() {
        for capability in [Capability::DraftReport, Capability::ClearReport, Capability::SignReport] {
            assert!(!may(&[Role::Administrator], capability));
        }
        assert_eq!(allowed(Role::Superior), [Capability::ReadReports]);
    }

    #[test]
    fn every_capability_has_somebody() {
        for capability in Capability::ALL {
            assert!(Role::ALL.iter().any(|role| may(&[*role], capability)), "{}", capability.word());
        }
    }
}
