using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Rules;
using Pipeline.Domain.Signings;

namespace Pipeline.Store.Signings;

/// <summary>Judges a formal signing by its notice when it is verified (R32): the flag is fixed then.</summary>
public static class JudgeSigning
{
    /// <summary>Uses up the open notice; the flag of the signing, or null.</summary>
    public static async Task<string?> Of(
        Session session,
        ProjectRow project,
        MoveRow move,
        DateOnly signedOn,
        RuleSet rules
    )
    {
        var open = await SigningNoticeRow.OpenOn(session, project.Id);
        var flag = SigningNotices.FlagOf(open?.Filed, project.Total, signedOn, rules);
        if (open is not null)
            await session.ExecuteOnOne(
                Use,
                new
                {
                    id = open.Id,
                    signedOn,
                    timely = SigningNotices.IsTimely(open.FiledOn, signedOn, rules) ? 1 : 0,
                    now = session.Now,
                }
            );
        if (flag is null)
            return null;
        await session.Execute(
            SetFlags,
            new { id = move.Id, flags = Json.Write(Json.Read<List<string>>(move.Flags).Append(flag).Distinct()) }
        );
        return flag;
    }

    /// <summary>Tells what the signing was marked with, once the move itself is told.</summary>
    public static async Task Tell(Session session, MoveRow move, string flag, Caller actor)
    {
        Timeline.Add(
            session,
            move.ProjectId,
            EntryKind.SigningFlagged,
            null,
            move.OwnerId,
            occurredOn: move.OccurredOn,
            after: new { moveId = move.Id, flag }
        );
        await session.Raise(new SigningFlagged(move, flag, actor));
    }

    /// <summary>Cancels a project's open notice: what a transfer, another owner and a termination do to it (R33).</summary>
    public static async Task CancelOpen(Session session, string projectId)
    {
        if (await SigningNoticeRow.OpenOn(session, projectId) is not { } open)
            return;
        await session.ExecuteOnOne(Cancel, new { id = open.Id, now = session.Now });
        Timeline.Add(
            session,
            projectId,
            EntryKind.NoticeCancelled,
            null,
            open.JurisdictionId,
            after: new { noticeId = open.Id }
        );
    }

    private const string Use =
        "UPDATE signing_notices SET status = 'used', signed_on = @signedOn, timely = @timely, ended_at = @now, version = version + 1, updated_at = @now WHERE id = @id AND status = 'open'";
    private const string Cancel =
        "UPDATE signing_notices SET status = 'cancelled', ended_at = @now, version = version + 1, updated_at = @now WHERE id = @id AND status = 'open'";
    private const string SetFlags = "UPDATE moves SET flags = @flags WHERE id = @id";
}

/// <summary>An open notice ends with its project's talks, or with its unit's part in them (R33).</summary>
public sealed class SigningSubscriber : IEventSubscriber
{
    public async Task On(Session session, IDomainEvent happened)
    {
        var projectId = happened switch
        {
            ClaimsSettled settled => settled.ProjectId,
            ProjectTransferred transferred => transferred.ProjectId,
            MoveTookEffect taken => taken.Move.ProjectId,
            _ => null,
        };
        if (projectId is null || await SigningNoticeRow.OpenOn(session, projectId) is not { } open)
            return;
        var project = (await LoadProject.ById(session, projectId))!;
        if (project.OwnerId != open.JurisdictionId || project.At != Domain.Projects.Stage.InTalks)
            await JudgeSigning.CancelOpen(session, projectId);
    }
}
