using Pipeline.Domain.Projects;

namespace Pipeline.Domain.FaultTolerance;

/// <summary>What a fault-tolerance file (容错免责) holds (R96).</summary>
public enum TolerancePaper
{
    /// <summary>准入论证.</summary>
    AdmissionArgument,

    /// <summary>风险评估.</summary>
    RiskAssessment,

    /// <summary>集体决策.</summary>
    CollectiveDecision,
}

/// <summary>The fault-tolerance file of a termination (R96): it lists what is there and what is missing, and judges nothing.</summary>
public static class ToleranceRules
{
    /// <summary>Whether a project has such a file: it was terminated for policy, market or force majeure.</summary>
    public static bool Applies(Stage stage, ReasonCode? reason) =>
        stage == Stage.Terminated && reason is ReasonCode.Policy or ReasonCode.Market or ReasonCode.ForceMajeure;

    /// <summary>Whether a paper is dated before the step that it supports.</summary>
    public static bool IsBefore(DateOnly datedOn, DateOnly stepOn) => datedOn < stepOn;

    /// <summary>The papers of which none is there.</summary>
    public static IReadOnlyList<TolerancePaper> Missing(IEnumerable<TolerancePaper> attached) =>
        [.. Enum.GetValues<TolerancePaper>().Except(attached)];
}
