using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Projects;

/// <summary>What is asked of a project before anything is done with it.</summary>
/// <param name="LastVerified">The furthest stage it had when it was terminated; the stage itself otherwise.</param>
/// <param name="ReportRequired">Whether it is large enough by now that it has to be reported first (R10a).</param>
/// <param name="MovePending">Whether a move waits for the centre (R3).</param>
/// <param name="HolderId">The unit whose claim is active; null when nobody's is.</param>
/// <param name="Undone">Whether the import that brought it was undone, so that it never was.</param>
public sealed record ActedOnProject(
    Stage Stage,
    Stage LastVerified,
    DateOnly? TerminatedOn,
    bool ReportRequired,
    bool MovePending,
    string? HolderId,
    bool Undone = false
);

/// <summary>Who does it, as far as rules ask.</summary>
/// <param name="UnitId">The unit for which it is done; null for the centre.</param>
/// <param name="ByCentre">Whether a coordinator does it.</param>
/// <param name="CoNegotiates">Whether the unit negotiates beside the holder, by decision of a dispute (R23).</param>
public sealed record ActingUnit(string? UnitId, bool ByCentre = false, bool CoNegotiates = false);

/// <summary>What may be done with a project as it stands (R5, R10a, R19). Each function is asked by the act itself and by those who tell which acts are open; whether the caller has the right is asked of the permission table before.</summary>
/// <returns>Why not; null when it may.</returns>
public static class ProjectActs
{
    private static readonly Refusal ReportRequired = new(RefusalKind.Rule, "report-required"),
        HeldByAnother = new(RefusalKind.Conflict, "claim-held-by-another"),
        NeverWas = new(RefusalKind.Conflict, "project-undone");

    /// <summary>Changing its facts, and agreeing on shares of its credit.</summary>
    public static Refusal? RefuseEdit(ActedOnProject project) => RefuseTerminated(project);

    /// <summary>Recording what happened with the investor: during exclusivity by the holder, and whoever negotiates beside it.</summary>
    public static Refusal? RefuseProgress(ActedOnProject project, ActingUnit unit) =>
        RefuseTerminated(project)
        ?? RefuseUnreported(project)
        ?? (unit.CoNegotiates ? null : RefuseOther(project, unit));

    /// <summary>Adding a file, which a terminated project may need as well.</summary>
    public static Refusal? RefuseFile(ActedOnProject project) => RefuseUnreported(project);

    /// <summary>Raising a problem.</summary>
    public static Refusal? RefuseProblem(ActedOnProject project) =>
        RefuseTerminated(project) ?? RefuseUnreported(project);

    /// <summary>Naming somebody on its team (R83a).</summary>
    public static Refusal? RefuseTeamMember(ActedOnProject project) => RefuseTerminated(project);

    /// <summary>Giving notice of a signing (R31): of a project in talks, by the holder, or by the centre for it.</summary>
    public static Refusal? RefuseNotice(ActedOnProject project, ActingUnit unit) =>
        project.Stage != Stage.InTalks
            ? new Refusal(RefusalKind.Conflict, "illegal-move", project.Stage, Stage.Signed)
            : RefuseUnreported(project) ?? (unit.ByCentre ? null : RefuseOther(project, unit));

    /// <summary>Asking for a move while another waits: the centre alone, to end the project (R5).</summary>
    public static Refusal? RefuseSecondMove(ActedOnProject project, ActingUnit unit, Stage to) =>
        project.MovePending && !(unit.ByCentre && to == Stage.Terminated)
            ? new Refusal(RefusalKind.Conflict, "move-pending")
            : null;

    /// <summary>Moving it to another stage before it is reported that has to be: it can be ended alone (R10a).</summary>
    public static Refusal? RefuseUnreportedMove(ActedOnProject project, Stage to) =>
        to == Stage.Terminated ? null : RefuseUnreported(project);

    /// <summary>Moving it forward, or keeping a framework agreement on record: during exclusivity by the holder alone.</summary>
    public static Refusal? RefuseForward(ActedOnProject project, ActingUnit unit) => RefuseOther(project, unit);

    /// <summary>Moving it back by one stage, which the centre alone does (R4).</summary>
    public static Refusal? RefuseBack(ActedOnProject project, ActingUnit unit, Stage to) =>
        project.Stage - to != 1 ? Illegal(project, to)
        : unit.ByCentre ? null
        : Refusal.Forbidden;

    /// <summary>Ending it.</summary>
    public static Refusal? RefuseTermination(ActedOnProject project) => RefuseTerminated(project);

    /// <summary>Taking it up again (R5): the centre alone, within the time the rule set gives, up to the stage it had; nothing that never was.</summary>
    public static Refusal? RefuseReactivation(
        ActedOnProject project,
        ActingUnit unit,
        Stage to,
        DateOnly today,
        RuleSet rules
    ) =>
        project.Undone ? NeverWas
        : to > project.LastVerified || project.TerminatedOn is not { } ended || rules.Reactivation.After(ended) < today
            ? Illegal(project, to)
        : unit.ByCentre ? null
        : Refusal.Forbidden;

    /// <summary>The stages to which it may be moved as it stands, whatever proofs the move then needs; <see cref="Stage.Terminated"/> stands for ending it.</summary>
    public static IEnumerable<Stage> OpenMoves(
        ActedOnProject project,
        ActingUnit unit,
        DateOnly today,
        RuleSet rules
    ) =>
        Enum.GetValues<Stage>()
            .Where(to =>
                to != project.Stage
                && RefuseSecondMove(project, unit, to) is null
                && RefuseUnreportedMove(project, to) is null
                && (
                    to == Stage.Terminated ? RefuseTermination(project)
                    : project.Stage == Stage.Terminated ? RefuseReactivation(project, unit, to, today, rules)
                    : to > project.Stage ? RefuseForward(project, unit)
                    : RefuseBack(project, unit, to)
                )
                    is null
            );

    /// <summary>That the stages do not lie so that this move could be made (R1, R4, R5).</summary>
    public static Refusal Illegal(ActedOnProject project, Stage to, IReadOnlyList<FieldError>? unproven = null) =>
        new(RefusalKind.Conflict, "illegal-move", project.Stage, to) { Errors = unproven ?? [] };

    private static Refusal? RefuseTerminated(ActedOnProject project) =>
        project.Stage == Stage.Terminated ? Illegal(project, project.Stage) : null;

    private static Refusal? RefuseUnreported(ActedOnProject project) => project.ReportRequired ? ReportRequired : null;

    /// <summary>During exclusivity only the holder may (R19).</summary>
    private static Refusal? RefuseOther(ActedOnProject project, ActingUnit unit) =>
        project.HolderId is { } holder && holder != unit.UnitId ? HeldByAnother : null;
}
