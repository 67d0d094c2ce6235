using Pipeline.Api.Documents;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Signings;

/// <summary>A signing notice as the form that it replaces (签约备案表).</summary>
public static class SigningNoticeDocument
{
    public static Task<IResult> Word(string id, Call call) => Document(id, call, PaperFormat.Word);

    public static Task<IResult> Pdf(string id, Call call) => Document(id, call, PaperFormat.Pdf);

    private static Task<IResult> Document(string id, Call call, PaperFormat format) =>
        RecordPaper.Answer(
            call,
            format,
            "export-signing-notice",
            "signing-notice",
            id,
            session => SigningNoticeRow.For(session, call.Caller, id),
            (_, row, words) =>
            {
                var notice = row.View(call.Caller);
                var title = words.Of("paper.signing-notice");
                var document = new OfficialDocument()
                    .Title(title)
                    .Facts(
                        words,
                        [
                            ("paper.unit", notice.Jurisdiction.Name),
                            ("paper.project", notice.ProjectName),
                            ("paper.code", notice.ProjectCode),
                            ("paper.parties", notice.Parties),
                            ("paper.agreed-amount", words.Amount(notice.AgreedAmount)),
                            ("paper.planned-signing", words.Day(notice.PlannedSigningOn)),
                            ("paper.place", notice.Place),
                            ("paper.leaders-wanted", string.Join('、', notice.LeadersWanted ?? [])),
                            ("paper.filed-on", words.Day(notice.FiledOn)),
                            ("paper.filed-by", notice.FiledBy.Name),
                            ("paper.days-ahead", DocumentWords.Number(notice.DaysAhead)),
                            ("paper.timely", words.Of(notice.Timely ? "paper.yes" : "paper.no")),
                            ("paper.waived", notice.Waived?.Reason),
                            ("paper.signed-on", notice.SignedOn is { } signed ? words.Day(signed) : null),
                            ("paper.status", words.Of(notice.Status)),
                        ]
                    )
                    .Plain(words.Of("paper.signatures"))
                    .Signature(notice.Jurisdiction.Name)
                    .Signature(words.Day(notice.FiledOn));
                return Task.FromResult(
                    new RecordPaper(document, title, notice.ProjectCode, row.FiledAt, row.ProjectId)
                );
            }
        );
}
