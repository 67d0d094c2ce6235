using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Store.Integration;

namespace Pipeline.Api.Features.Projects;

/// <summary>Takes many projects at once from a caller's own system, each as the single call would. What must be reported is refused as there: a push never grants a claim.</summary>
public static class PushProjects
{
    public static Task<IResult> Handle(
        Call call,
        SettleClaims settle,
        RuleBooks ruleBooks,
        RegisterProject register,
        ChangeFacts facts
    ) => BatchPush.Handle(call, async (session, item) =>
        {
            var hash = ExternalRefs.HashOf(item.Body!);
            var known = item.ExternalRef is { } reference
                ? await ExternalRefs.Find(session, call.Caller, ExternalRefs.Projects, reference)
                : null;
            if (item.Id is { } named && known is not null && known.SubjectId != named)
                return new Refusal(RefusalKind.Conflict, "external-ref-taken");
            if (known?.ContentHash == hash)
                return await Unchanged(session, call, ruleBooks, known.SubjectId);
            return item.Op == BatchOp.Create
                ? await Create(session, call, item, known, hash, register, ruleBooks)
                : await Update(session, call, item, known, hash, settle, ruleBooks, facts);
        });

    private static async Task<Reply> Create(
        Session session,
        Call call,
        BatchItem item,
        ReferredTo? known,
        string hash,
        RegisterProject register,
        RuleBooks ruleBooks
    )
    {
        if (!call.Has(Act.RegisterProject))
            return Refusal.Forbidden;
        if (known is not null)
            return new Refusal(RefusalKind.Conflict, "external-ref-taken");
        var parsed = Call.Parse(item.Body!, ProjectRules.Complete, session.Today);
        if (parsed.Refusal is { } malformed)
            return malformed;
        var reply = await PostProject.Take(session, call, parsed.Value!, register, ruleBooks);
        if (reply.ProjectId is { } id && item.ExternalRef is { } reference)
            await ExternalRefs.Add(session, call.Caller, ExternalRefs.Projects, reference, id, id, hash);
        return reply;
    }

    private static async Task<Reply> Update(
        Session session,
        Call call,
        BatchItem item,
        ReferredTo? known,
        string hash,
        SettleClaims settle,
        RuleBooks ruleBooks,
        ChangeFacts facts
    )
    {
        if ((item.Id ?? known?.SubjectId) is not { } id)
            return Refusal.NotFound;
        var patch = new Parsed<JsonObject>(item.Body, null);
        var reply = await EditProject.Take(
            session,
            call,
            id,
            version => ETags.Check(item.IfMatch, version),
            patch,
            settle,
            ruleBooks,
            facts
        );
        if (reply.ProjectId is not null && item.ExternalRef is { } reference)
        {
            if (known is null)
                await ExternalRefs.Add(session, call.Caller, ExternalRefs.Projects, reference, id, id, hash);
            else
                await ExternalRefs.Renew(session, call.Caller, ExternalRefs.Projects, reference, hash);
        }

        return reply with
        {
            Location = $"/api/v1/projects/{id}",
        };
    }

    private static async Task<Reply> Unchanged(Session session, Call call, RuleBooks ruleBooks, string id) =>
        await LoadProject.For(session, call.Caller, id) is { } project
            ? await ProjectEndpoints.Answer(session, call.Caller, ruleBooks, project) with
            {
                Location = $"/api/v1/projects/{id}",
                ChangesNothing = true,
            }
            : Refusal.NotFound;
}
