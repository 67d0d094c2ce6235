using Pipeline.Api.Documents;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Transfers;

/// <summary>A transfer as the sheet that it replaces (流转单), with what the caller may know of it (R43a, §15.9).</summary>
public static class TransferDocument
{
    public static Task<IResult> Word(string id, Call call) => Document(id, call, PaperFormat.Word);

    public static Task<IResult> Pdf(string id, Call call) => Document(id, call, PaperFormat.Pdf);

    private static Task<IResult> Document(string id, Call call, PaperFormat format) =>
        RecordPaper.Answer(
            call,
            format,
            "export-transfer",
            "transfer",
            id,
            session => TransferRow.For(session, call.Caller, id),
            async (session, row, words) =>
            {
                var transfer = row.View(call.Caller, session.Now, await WorkCalendars.Load(session));
                var project = transfer.Project;
                var title = words.Of("paper.transfer");
                var on = Shanghai.DateOf(transfer.ProposedAt);
                var document = new OfficialDocument()
                    .Title(title)
                    .Facts(
                        words,
                        [
                            ("paper.project", project.Name),
                            ("paper.code", project.Code),
                            ("paper.investors", string.Join('、', project.Investors ?? [])),
                            ("paper.amount", project.TotalInvestment is { } total ? words.Amount(total) : null),
                            ("paper.industry", project.IndustryCode),
                            ("paper.land", Plain(project.LandMu)),
                            ("paper.energy", Plain(project.EnergyTce)),
                            ("paper.from", transfer.From?.Name),
                            ("paper.to", transfer.To.Name),
                            ("paper.reason", transfer.Reason),
                            ("paper.proposed", Step(transfer.ProposedAt, transfer.ProposedBy)),
                            ("paper.accept-until", DocumentWords.Instant(transfer.AcceptUntil)),
                            (
                                "paper.accepted",
                                transfer.AcceptedAt is { } accepted ? Step(accepted, transfer.AcceptedBy) : null
                            ),
                            ("paper.ended", transfer.EndedAt is { } ended ? Step(ended, transfer.EndedBy) : null),
                            ("paper.end-note", transfer.EndNote),
                            ("paper.status", words.Of(transfer.Status)),
                        ]
                    )
                    .Plain(words.Of("paper.transfer-signatures"));
                return new RecordPaper(
                    document,
                    title,
                    $"{on:yyyy-MM-dd}",
                    transfer.EndedAt ?? transfer.AcceptedAt ?? transfer.ProposedAt,
                    transfer.Project.Id
                );
            }
        );

    private static string? Plain(decimal? number) =>
        number?.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);

    private static string Step(DateTimeOffset at, PersonRef? by) =>
        by is null ? DocumentWords.Instant(at) : $"{DocumentWords.Instant(at)}　{by.Name}";
}
