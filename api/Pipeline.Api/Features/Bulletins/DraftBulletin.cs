using System.Text.Json.Nodes;
using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Bulletins;

namespace Pipeline.Api.Features.Bulletins;

/// <summary>Drafts a bulletin of a closed period from a template (R118); it is told from the snapshot that the period has now.</summary>
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

    public static async Task<IResult> Handle(Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            var request = body.Value!;
            await session.Lock(LockName.Assessment);
            if (await SnapshotRow.Telling(session, request.Period!) is not { } snapshot)
                return new Refusal(RefusalKind.Conflict, "period-not-closed");
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var id = Ids.New();
            await BulletinRow.Insert(
                session,
                call.Caller,
                new BulletinRow
                {
                    Id = id,
                    Period = request.Period!,
                    Kind = Slug.Of(request.Kind!.Value),
                    Template = Slug.Of(request.Template!.Value),
                    Places = request.Places ?? BulletinRules.Places,
                    Note = Texts.Trimmed(request.Note),
                    Status = Slug.Of(BulletinStatus.Draft),
                    SnapshotId = snapshot.Id,
                    DraftedBy = call.Caller.UserId,
                    DraftedByName = call.Caller.DisplayName,
                }
            );
            session.Note(
                new AuditEntry("bulletin-drafted")
                {
                    SubjectKind = "bulletin",
                    SubjectId = id,
                    Changes = AuditEntry.Between(
                        null,
                        new JsonObject
                        {
                            ["period"] = request.Period,
                            ["kind"] = Slug.Of(request.Kind.Value),
                            ["snapshotId"] = snapshot.Id,
                        }
                    ),
                }
            );
            var row = (await BulletinRow.ById(session, id))!;
            await session.Raise(new BulletinDrafted(row, call.Caller));
            return await ReadBulletins.Told(session, call.Caller, ruleBooks, row, 201);
        });
    }
}
