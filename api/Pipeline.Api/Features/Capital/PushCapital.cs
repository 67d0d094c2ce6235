using System.Text.Json.Nodes;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Store.Integration;

namespace Pipeline.Api.Features.Capital;

/// <summary>Takes many entries of capital at once from a caller's own system, each as the single call would; its body names the project as well.</summary>
public static class PushCapital
{
    private const string Project = "projectId";

    public static Task<IResult> Handle(Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        BatchPush.Handle(call, async (session, item) =>
        {
            if (item.Op != BatchOp.Create)
                return Refusal.Invalid(new FieldError("op", "choice", "create"));
            var hash = ExternalRefs.HashOf(item.Body!);
            if (
                item.ExternalRef is { } reference
                && await ExternalRefs.Find(session, call.Caller, ExternalRefs.Capital, reference) is { } known
            )
                return known.ContentHash == hash
                    ? await Unchanged(session, call, ruleBooks, known.SubjectId)
                    : new Refusal(RefusalKind.Conflict, "external-ref-taken");

            var body = item.Body!.DeepClone().AsObject();
            if (
                body[Project] is not JsonValue named
                || !named.TryGetValue<string>(out var projectId)
                || !Ids.IsWellFormed(projectId)
            )
                return Refusal.Invalid(new FieldError(Project, body[Project] is null ? "required" : "id"));
            body.Remove(Project);
            var parsed = Call.Parse(body, Validation.Of<SubmitCapital.Validator>(), session.Today);
            var reply = await SubmitCapital.Take(session, call, projectId, parsed, settle, ruleBooks);
            if (reply.Location is { } location && item.ExternalRef is { } fresh)
                await ExternalRefs.Add(
                    session,
                    call.Caller,
                    ExternalRefs.Capital,
                    fresh,
                    location.Split('/')[^1],
                    projectId,
                    hash
                );
            return reply;
        });

    private static async Task<Reply> Unchanged(Session session, Call call, RuleBooks ruleBooks, string id) =>
        await CapitalRow.For(session, call.Caller, id) is { } row
            ? Reply.Resource(row.View(call.Caller, await ruleBooks.Load(session)), row.Version) with
            {
                Location = $"/api/v1/capital/{id}",
                ChangesNothing = true,
            }
            : Refusal.NotFound;
}
