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
        var id = await StoreMove.Insert(
            session,
            centre,
            book.At(session.Now),
            new NewMove(
                project.Id,
                project.OwnerId,
                new MovePlan(MoveKind.Termination, project.At, Stage.Terminated, [], NeedsVerification: false, []),
                session.Today,
                new Evidence(),
                reasonCode,
                note
            )
        );
        var move = (await MoveRow.For(session, centre, id))!;
        await TakeEffect.Of(session, settle, book, move, centre);
        await session.Raise(new MoveDecided(move, MoveStatus.Verified, centre, note));
    }
}
