using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Libraries;

namespace Pipeline.Api.Features.ForeignLists;

/// <summary>Records a visit to a foreign enterprise because of a list (R138).</summary>
public static class RecordVisit
{
    public sealed record Request
    {
        public DateOnly? VisitedOn { get; init; }

        /// <summary>What came of it; absent: nothing yet.</summary>
        public VisitOutcome? Outcome { get; init; }
        public string? Note { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.VisitedOn).Required();
            RuleFor(request => request.VisitedOn).PastDay();
            RuleFor(request => request.Note).Required().Text(2000);
        }
    }

    public static async Task<IResult> Handle(string list, string enterpriseId, Call call)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            await session.Lock(LockName.Library);
            if (
                !Slug.TryTo<ForeignList>(list, out var kind)
                || await LibraryRow.For(session, caller, Library.ForeignEnterprises, enterpriseId) is not { } entry
            )
                return Refusal.NotFound;
            if (!Permissions.Allows(caller, Act.EditLibraries, entry.RelationOf(caller)))
                return Refusal.Forbidden;
            if (body.Refusal is { } malformed)
                return malformed;
            if (entry.IsRetired)
                return new Refusal(RefusalKind.Conflict, "entry-retired");
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var (id, request) = (Ids.New(), body.Value!);
            await Store(session, caller, id, enterpriseId, kind, request);
            return Reply.Plain(
                new VisitView(
                    id,
                    request.VisitedOn!.Value,
                    request.Outcome,
                    request.Note!.Trim(),
                    new PersonRef(caller.UserId, caller.DisplayName)
                ),
                201
            );
        });
    }

    /// <summary>Stores a visit that was checked. The caller holds the lock.</summary>
    internal static async Task Store(
        Session session,
        Caller by,
        string id,
        string enterpriseId,
        ForeignList list,
        Request request
    )
    {
        await session.Execute(
            Insert,
            new
            {
                id,
                enterpriseId,
                list = Slug.Of(list),
                visitedOn = request.VisitedOn!.Value,
                outcome = request.Outcome is { } outcome ? Slug.Of(outcome) : null,
                note = request.Note!.Trim(),
                by = by.UserId,
                byName = by.IsKey ? by.Username : by.DisplayName,
                now = session.Now,
            }
        );
        session.Note(
            new AuditEntry("foreign-enterprise-visited")
            {
                SubjectKind = StoreEntry.SubjectKind,
                SubjectId = enterpriseId,
            }
        );
    }

    private const string Insert = """
        INSERT INTO foreign_visits (id, enterprise_id, list, visited_on, outcome, note, recorded_by, recorded_by_name, recorded_at)
        VALUES (@id, @enterpriseId, @list, @visitedOn, @outcome, @note, @by, @byName, @now)
        """;
}
