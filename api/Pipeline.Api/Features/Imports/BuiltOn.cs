namespace Pipeline.Api.Features.Imports;

/// <summary>By what a project or another record was built on since an import brought it.</summary>
public enum BuiltOn
{
    Edit,
    Progress,
    Move,
    Report,
    Dispute,
    Transfer,
    Signing,
    Capital,
    Elements,
    Removal,
    Problem,
    Meeting,
    Landing,
    Leader,
    Tolerance,
    Team,
    Credit,
    Land,
    Chain,
    File,
    ExternalRef,
    Referrer,
    Event,
    Financing,
    OfficeLead,

    /// <summary>Of an entry that was verified.</summary>
    Verification,

    /// <summary>Of a target that is in force.</summary>
    Publication,

    /// <summary>By what was said later of the same.</summary>
    Replacement,

    /// <summary>Of a need that was matched, or an institution with which one was.</summary>
    Match,

    /// <summary>Of a fund that invested.</summary>
    FundInvestment,

    /// <summary>Of a foreign enterprise that was visited.</summary>
    Visit,
}

/// <summary>What entries of a timeline mean for an undo.</summary>
public static class BuiltOnKinds
{
    /// <summary>By what an entry says that somebody built on the project; null for what the import itself, or time alone, brings.</summary>
    public static BuiltOn? Of(EntryKind kind) =>
        kind switch
        {
            // A move of the import waits; others are found among the moves, one that was withdrawn is off.
            EntryKind.Registered
            or EntryKind.Imported
            or EntryKind.ImportUndone
            or EntryKind.MoveSubmitted
            or EntryKind.MoveWithdrawn
            or EntryKind.ClaimExpired
            or EntryKind.RemovalProposed
            or EntryKind.RemovalCancelled => null,
            EntryKind.Edited => BuiltOn.Edit,
            EntryKind.Progress => BuiltOn.Progress,
            EntryKind.AgreementRecorded
            or EntryKind.MoveVerified
            or EntryKind.MoveReturned
            or EntryKind.MovedBack
            or EntryKind.Terminated
            or EntryKind.Reactivated => BuiltOn.Move,
            >= EntryKind.ClaimActivated and <= EntryKind.ClaimCompleted or EntryKind.Reported => BuiltOn.Report,
            >= EntryKind.DisputeFiled and <= EntryKind.DisputeWithdrawn => BuiltOn.Dispute,
            >= EntryKind.OwnerChanged and <= EntryKind.MarketWithdrawn => BuiltOn.Transfer,
            >= EntryKind.NoticeFiled and <= EntryKind.FlagLifted => BuiltOn.Signing,
            >= EntryKind.CapitalSubmitted and <= EntryKind.InvestmentRecorded => BuiltOn.Capital,
            EntryKind.ElementsRecorded => BuiltOn.Elements,
            EntryKind.RemovalConfirmed or EntryKind.RemovalKept => BuiltOn.Removal,
            >= EntryKind.ProblemRaised and <= EntryKind.ProblemOverridden => BuiltOn.Problem,
            >= EntryKind.DecisionMade and <= EntryKind.ActionWithdrawn => BuiltOn.Meeting,
            EntryKind.LandingCorrected => BuiltOn.Landing,
            EntryKind.LeaderLinked or EntryKind.LeaderUnlinked => BuiltOn.Leader,
            EntryKind.TolerancePaperAttached => BuiltOn.Tolerance,
            EntryKind.TeamMemberAdded or EntryKind.TeamMemberLeft => BuiltOn.Team,
            >= EntryKind.AgreementProposed and <= EntryKind.AgreementEnded => BuiltOn.Credit,
            >= EntryKind.LandNegotiated and <= EntryKind.LandReleased => BuiltOn.Land,
            EntryKind.ChainJoined or EntryKind.ChainLeft => BuiltOn.Chain,
            EntryKind.FileAdded => BuiltOn.File,
            _ => throw new ArgumentOutOfRangeException(
                nameof(kind),
                kind,
                "Nobody has said what it means for an undo."
            ),
        };
}
