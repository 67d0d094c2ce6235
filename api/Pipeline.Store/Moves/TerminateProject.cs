using Pipeline.Data;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Moves;

/// <summary>Terminates a project by a decision of the centre, as a move that is verified at once (R5).</summary>
public static class TerminateProject
{
    /// <summary>The caller holds the project's lock, and has judged that it may be.</summary>
    public static async Task Of(
        Session session,
        SettleClaims settle,
        RuleBook book,
        ProjectRow project,
        ReasonCode reasonCode,
        Caller centre,
        string note
    )
    {
        var id = Ids.New();
        await session.Execute(
            MoveRow.Insert,
            new
            {
                id,
                projectId = project.Id,
                kind = Slug.Of(MoveKind.Termination),
                from = Slug.Of(project.At),
                to = Slug.Of(Stage.Terminated),
                occurredOn = session.Today,
                reaches = "[]",
                evidence = Json.Write(new Evidence()),
                reasonCode = Slug.Of(reasonCode),
                note,
                status = "verified",
                flags = "[]",
                unit = project.OwnerId,
                by = centre.UserId,
                byName = centre.DisplayName,
                now = session.Now,
                decidedBy = centre.UserId,
                decidedByName = centre.DisplayName,
                decidedAt = session.Now,
                ruleSetId = book.At(session.Now).Id,
            }
        );
        var move = (await MoveRow.For(session, centre, id))!;
        await TakeEffect.Of(session, settle, book, move, centre);
        await session.Raise(new MoveDecided(move, MoveStatus.Verified, centre, note));
    }
}
