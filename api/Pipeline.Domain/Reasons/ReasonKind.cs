namespace Pipeline.Domain.Reasons;

/// <summary>For which decisions of the centre a text is kept that may be given as a reason.</summary>
public enum ReasonKind
{
    /// <summary>A report is returned for completion (R14b).</summary>
    ReportReturn,

    /// <summary>A report is decided to be the same as another, or another (R14a).</summary>
    ReportDecision,

    /// <summary>A claim is revoked, or extended (R18, R21).</summary>
    Claim,

    /// <summary>A move is returned (R3).</summary>
    MoveReturn,

    /// <summary>A capital entry is returned, or reversed (R61, R64).</summary>
    Capital,

    /// <summary>A transfer is rejected (R43a).</summary>
    Transfer,

    /// <summary>A dispute is decided (R23).</summary>
    Dispute,

    /// <summary>A removal is confirmed, or the project kept (R94).</summary>
    Removal,
}
