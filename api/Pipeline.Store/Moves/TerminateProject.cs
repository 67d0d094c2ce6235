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
        var move = await Store(session, settle, book, project, reasonCode, centre, note);
        await session.Raise(new MoveDecided(move, MoveStatus.Verified, centre, note));
    }

    /// <summary>Stores the move and has it take effect, and leaves it to the caller to say so.</summary>
    public static async Task<MoveRow> Store(
        Session session,
        SettleClaims settle,
        RuleBook book,
        ProjectRow project,
        ReasonCode reasonCode,
        Caller actor,
        string note
    )
    {
        var id = await StoreMove.Insert(
            session,
            actor,
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
        var move = (await MoveRow.For(session, actor, id))!;
        await TakeEffect.Of(session, settle, book, move, actor);
        return move;
    }
}
