using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Moves;

/// <summary>A move as it was submitted, and what it was judged to do.</summary>
/// <param name="UnitId">The unit that owns the project.</param>
public sealed record NewMove(
    string ProjectId,
    string UnitId,
    MovePlan Plan,
    DateOnly OccurredOn,
    Evidence Evidence,
    ReasonCode? ReasonCode,
    string? Note
);

/// <summary>Writes moves.</summary>
public static class StoreMove
{
    /// <summary>Stores a move; its id. One that the centre verifies waits, and the timeline says so; another is verified as it is made, and has yet to take effect.</summary>
    public static async Task<string> Insert(Session session, Caller caller, RuleSet rules, NewMove move)
    {
        var (id, plan) = (Ids.New(), move.Plan);
        var waits = plan.NeedsVerification;
        await session.Execute(
            InsertMove,
            new
            {
                id,
                projectId = move.ProjectId,
                kind = Slug.Of(plan.Kind),
                from = Slug.Of(plan.From),
                to = Slug.Of(plan.To),
                occurredOn = move.OccurredOn,
                reaches = Json.Write(plan.Reaches.Select(reach => new Reach(reach.Stage, reach.On))),
                evidence = Json.Write(move.Evidence),
                reasonCode = move.ReasonCode is { } code ? Slug.Of(code) : null,
                note = move.Note,
                status = waits ? "pending" : "verified",
                flags = Json.Write(plan.Flags),
                unit = move.UnitId,
                by = caller.UserId,
                byName = caller.DisplayName,
                now = session.Now,
                decidedBy = waits ? null : caller.UserId,
                decidedByName = waits ? null : caller.DisplayName,
                decidedAt = waits ? (DateTimeOffset?)null : session.Now,
                ruleSetId = rules.Id,
            }
        );
        if (waits)
            Timeline.Add(
                session,
                move.ProjectId,
                EntryKind.MoveSubmitted,
                caller,
                move.UnitId,
                occurredOn: move.OccurredOn,
                note: move.Note,
                before: new { stage = plan.From },
                after: new
                {
                    moveId = id,
                    to = plan.To,
                    evidence = move.Evidence,
                    reasonCode = move.ReasonCode,
                }
            );
        return id;
    }

    private const string InsertMove = """
        INSERT INTO moves (id, project_id, kind, from_stage, to_stage, occurred_on, reaches, evidence, reason_code, note, status, flags, jurisdiction_id, submitted_by, submitted_by_name,
          submitted_at, decided_by, decided_by_name, decided_at, rule_set_id, version)
        VALUES (@id, @projectId, @kind, @from, @to, @occurredOn, @reaches, @evidence, @reasonCode, @note, @status, @flags, @unit, @by, @byName,
          @now, @decidedBy, @decidedByName, @decidedAt, @ruleSetId, 1)
        """;
}
