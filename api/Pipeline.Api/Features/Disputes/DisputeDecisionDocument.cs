using Pipeline.Api.Documents;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Disputes;

/// <summary>What was decided of a dispute as a paper, with what the caller may read of it (R23); before a decision it says how the dispute stands.</summary>
public static class DisputeDecisionDocument
{
    public static Task<IResult> Word(string id, Call call) => Document(id, call, PaperFormat.Word);

    public static Task<IResult> Pdf(string id, Call call) => Document(id, call, PaperFormat.Pdf);

    private static Task<IResult> Document(string id, Call call, PaperFormat format) =>
        RecordPaper.Answer(
            call,
            format,
            "export-decision",
            "dispute",
            id,
            session => DisputeRow.For(session, call.Caller, id),
            async (session, dispute, words) =>
            {
                var view = dispute.View(call.Caller, session.Now, await WorkCalendars.Load(session));
                var title = words.Of(view.DecidedAt is null ? "paper.dispute-course" : "paper.dispute-decision");
                var last = view.FinalAt ?? view.AppealedAt ?? view.DecidedAt ?? view.AnsweredAt ?? view.FiledAt;
                var document = new OfficialDocument()
                    .Title(title)
                    .Facts(
                        words,
                        [
                            ("paper.project", view.ProjectName),
                            ("paper.contestant", view.Contestant?.Name),
                            ("paper.respondent", view.Respondent?.Name),
                            ("paper.filed", DocumentWords.Instant(view.FiledAt)),
                            ("paper.status", words.Of(view.Status)),
                        ]
                    );
                var part = 0;
                Say("paper.grounds", view.Grounds);
                Say("paper.answer", view.Answer);
                if (view.Outcome is { } outcome)
                    Say("paper.decision", Decision(outcome, view.DecidedAt!.Value, view.Reason));
                Say("paper.appeal", view.AppealGrounds);
                if (view.FinalOutcome is { } final)
                    Say("paper.final-decision", Decision(final, view.FinalAt!.Value, view.FinalReason));
                document.Signed(words, Shanghai.DateOf(last));
                return new RecordPaper(
                    document,
                    title,
                    $"{Shanghai.DateOf(view.FiledAt):yyyy-MM-dd}",
                    last,
                    dispute.ProjectId
                );

                string Decision(Domain.Claims.DisputeOutcome what, DateTimeOffset at, string? reason) =>
                    words.Of("paper.decided", words.Of(what), DocumentWords.Instant(at)) + "\n" + reason;

                void Say(string heading, string? text)
                {
                    if (!string.IsNullOrWhiteSpace(text))
                        document.First(++part, words.Of(heading)).Plain(text);
                }
            }
        );
}
