using System.Text.Json.Nodes;
using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Bulletins;

namespace Pipeline.Api.Features.Bulletins;

/// <summary>Drafts a bulletin of a closed period from a template (R118); it is told from the snapshot that the period has now.</summary>
/// <remarks>What it says is composed before the transaction, so that nobody waits while that lasts.</remarks>
public static class DraftBulletin
{
    public sealed record Request
    {
        /// <summary>A closed month, quarter or year: `YYYY-MM`, `YYYY-Qn`, `YYYY`.</summary>
        public string? Period { get; init; }
        public BulletinKind? Kind { get; init; }
        public BulletinTemplate? Template { get; init; }

        /// <summary>What the centre says about it, before the figures.</summary>
        public string? Note { get; init; }

        /// <summary>How many places the red and the black list have, 1 to 10; without it 3.</summary>
        public int? Places { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Period).Required().Line(7);
            RuleFor(request => request.Kind).Required();
            RuleFor(request => request.Template).Required();
            RuleFor(request => request.Period)
                .Must((request, period) => BulletinRules.Tells(request.Kind!.Value, period!))
                .When(request => request.Kind is not null && !string.IsNullOrEmpty(request.Period))
                .Coded("bulletin-period");
            RuleFor(request => request.Note).Text(4000);
            RuleFor(request => request.Places)
                .InclusiveBetween(1, BulletinRules.MostPlaces)
                .Coded("range", 1, BulletinRules.MostPlaces);
        }
    }

    public static async Task<IResult> Handle(Call call, Database database, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write<Composed?>(
            async () =>
                body.Value is { } request && !call.ValidateOnly
                    ? await database.Read(
                        session => Compose(session, call.Caller, ruleBooks, request),
                        call.Context.RequestAborted
                    )
                    : null,
            async (session, composed) =>
            {
                if (body.Refusal is { } malformed)
                    return malformed;
                var request = body.Value!;
                await session.Lock(LockName.Assessment);
                if (await SnapshotRow.Telling(session, request.Period!) is not { } snapshot)
                    return new Refusal(RefusalKind.Conflict, "period-not-closed");
                if (call.ValidateOnly)
                    return Reply.NothingStored;
                var drafted = Draft(call.Caller, request, snapshot);
                await BulletinRow.Insert(session, call.Caller, drafted);
                session.Note(
                    new AuditEntry("bulletin-drafted")
                    {
                        SubjectKind = "bulletin",
                        SubjectId = drafted.Id,
                        Changes = AuditEntry.Between(
                            null,
                            new JsonObject
                            {
                                ["period"] = drafted.Period,
                                ["kind"] = drafted.Kind,
                                ["snapshotId"] = snapshot.Id,
                            }
                        ),
                    }
                );
                var row = (await BulletinRow.ById(session, drafted.Id))!;
                await session.Raise(new BulletinDrafted(row, call.Caller));
                // Closed anew in between: what was composed tells of another snapshot.
                var content =
                    composed?.SnapshotId == snapshot.Id
                        ? composed.Content
                        : await ComposeBulletin.Of(session, call.Caller, ruleBooks, row, snapshot);
                return ReadBulletins.Told(row, call.Caller, content, 201);
            }
        );
    }

    /// <summary>What a draft says, and the snapshot that it tells of.</summary>
    private sealed record Composed(string SnapshotId, BulletinContent Content);

    /// <summary>What the draft will say; null where there is nothing to tell of yet.</summary>
    private static async Task<Composed?> Compose(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        Request request
    ) =>
        await SnapshotRow.Telling(session, request.Period!) is { } snapshot
            ? new Composed(
                snapshot.Id,
                await ComposeBulletin.Of(session, caller, ruleBooks, Draft(caller, request, snapshot), snapshot)
            )
            : null;

    private static BulletinRow Draft(Caller by, Request request, SnapshotRow snapshot) =>
        new()
        {
            Id = Ids.New(),
            Period = request.Period!,
            Kind = Slug.Of(request.Kind!.Value),
            Template = Slug.Of(request.Template!.Value),
            Places = request.Places ?? BulletinRules.Places,
            Note = Texts.Trimmed(request.Note),
            Status = Slug.Of(BulletinStatus.Draft),
            SnapshotId = snapshot.Id,
            DraftedBy = by.UserId,
            DraftedByName = by.DisplayName,
        };
}
