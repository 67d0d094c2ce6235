using System.Globalization;
using Pipeline.Api.Documents;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Meetings;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Meetings;

/// <summary>Agenda and minutes as documents to be printed and sent, with what the caller may read of them (R74).</summary>
public static class MeetingDocuments
{
    public static Task<IResult> Agenda(string id, Call call, RuleBooks ruleBooks) =>
        Document(id, call, ruleBooks, "agenda", PaperFormat.Word, Write);

    public static Task<IResult> AgendaPdf(string id, Call call, RuleBooks ruleBooks) =>
        Document(id, call, ruleBooks, "agenda", PaperFormat.Pdf, Write);

    /// <summary>Minutes exist once the agenda is issued.</summary>
    public static Task<IResult> Minutes(string id, Call call, RuleBooks ruleBooks) =>
        Document(id, call, ruleBooks, "minutes", PaperFormat.Word, WriteMinutes);

    public static Task<IResult> MinutesPdf(string id, Call call, RuleBooks ruleBooks) =>
        Document(id, call, ruleBooks, "minutes", PaperFormat.Pdf, WriteMinutes);

    private static Task<IResult> Document(
        string id,
        Call call,
        RuleBooks ruleBooks,
        string what,
        PaperFormat format,
        Action<OfficialDocument, ReadMeetings.Content, DocumentWords> write
    ) =>
        call.Read<IResult>(async session =>
        {
            if (await ReadMeetings.Load(call, session, ruleBooks, id) is not { } content)
                return (Reply)Refusal.NotFound;
            if (what == "minutes" && !content.Row.IsIssued)
                return (Reply)Refusal.NotFound;
            session.Note(
                new AuditEntry($"export-{what}")
                {
                    Outcome = AuditOutcome.Read,
                    SubjectKind = "meeting",
                    SubjectId = id,
                }
            );
            var words = new DocumentWords(Messages.Language(call.Request));
            var title = words.Of(
                $"meeting.{what}-title",
                words.Of(content.View.Kind),
                content.Row.HeldOn.Year,
                content.Row.HeldOn.Month
            );
            var document = new OfficialDocument().Title(title);
            write(document, content, words);
            return DocumentFile.Of(
                document,
                format,
                words,
                content.Row.IssuedAt ?? session.Now,
                $"{what}-{content.Row.HeldOn:yyyy-MM-dd}",
                $"{title}-{content.Row.HeldOn:yyyy-MM-dd}"
            );
        });

    private static void Write(OfficialDocument document, ReadMeetings.Content content, DocumentWords words)
    {
        Head(document, content, words, words.Of("meeting.cut-off", DocumentWords.Instant(content.Row.CutOffAt)));
        var items = content.Items.Where(item => item.Dropped is null).ToList();
        var part = 0;
        var projects = items.Where(item => item.Kind == AgendaItemKind.Project).ToList();
        if (projects.Count > 0)
        {
            document.First(++part, words.Of("meeting.projects"));
            foreach (var (at, list) in projects.GroupBy(item => item.Project!.Stage!.Value).Index())
            {
                document.Second(at + 1, words.Of("meeting.list", words.Of(list.Key), list.Count()));
                document.Table(
                    [
                        words.Of("meeting.number"),
                        words.Of("meeting.project"),
                        words.Of("meeting.unit"),
                        words.Of("meeting.investors"),
                        words.Of("meeting.total"),
                        words.Of("meeting.note"),
                    ],
                    [9, 29, 15, 24, 14, 9],
                    list.Select(
                        (item, number) =>
                            (IReadOnlyList<string>)
                                [
                                    DocumentWords.Number(number + 1),
                                    $"{item.Project!.Name}（{item.Project.Code}）",
                                    item.Project.Jurisdiction?.Name ?? "",
                                    string.Join('、', item.Project.Investors),
                                    words.Total(item.Project),
                                    item.Note ?? "",
                                ]
                    )
                );
            }
        }

        var problems = items.Where(item => item.Kind == AgendaItemKind.Problem).ToList();
        if (problems.Count > 0)
        {
            document.First(++part, words.Of("meeting.problems"));
            document.Table(
                [
                    words.Of("meeting.number"),
                    words.Of("meeting.project"),
                    words.Of("meeting.problem"),
                    words.Of("meeting.department"),
                    words.Of("meeting.due"),
                    words.Of("meeting.overdue"),
                ],
                [9, 21, 26, 16, 17, 11],
                problems.Select(
                    (item, number) =>
                        (IReadOnlyList<string>)
                            [
                                DocumentWords.Number(number + 1),
                                item.Project!.Name,
                                WithNote(item.Problem!.Title, item.Note),
                                item.Problem.Department?.Name ?? words.Of("meeting.unassigned"),
                                DocumentWords.Short(item.Problem.DueOn),
                                words.Of("meeting.workdays", item.Problem.OverdueFor),
                            ]
                )
            );
        }

        var actions = items.Where(item => item.Kind == AgendaItemKind.Action).ToList();
        if (actions.Count > 0)
        {
            document.First(++part, words.Of("meeting.undone"));
            document.Table(
                [
                    words.Of("meeting.number"),
                    words.Of("meeting.decision"),
                    words.Of("meeting.owner"),
                    words.Of("meeting.decided"),
                    words.Of("meeting.due"),
                    words.Of("meeting.carried"),
                ],
                [9, 30, 15, 17, 17, 12],
                actions.Select(
                    (item, number) =>
                        (IReadOnlyList<string>)
                            [
                                DocumentWords.Number(number + 1),
                                WithNote(OfProject(item.Project, item.Action!.Text, words), item.Note),
                                item.Action.Owner.Name,
                                DocumentWords.Short(item.Action.DecidedOn),
                                DocumentWords.Short(item.Action.DueOn),
                                words.Of("meeting.times", item.Action.Carried),
                            ]
                )
            );
        }

        var added = items.Where(item => item.Kind == AgendaItemKind.Other).ToList();
        if (added.Count > 0)
        {
            document.First(++part, words.Of("meeting.others"));
            foreach (var (at, item) in added.Index())
            {
                document.Third(at + 1, OfProject(item.Project, item.Title!, words));
                if (item.Note is { } note)
                    document.Plain(note);
            }
        }

        if (part == 0)
            document.Plain(words.Of("meeting.nothing"));
    }

    private static void WriteMinutes(OfficialDocument document, ReadMeetings.Content content, DocumentWords words)
    {
        Head(document, content, words, null);
        var part = 0;
        if (content.View.Summary is { } summary)
            document.First(++part, words.Of("meeting.summary")).Plain(summary);
        document.First(++part, words.Of("meeting.decisions"));
        if (content.Decisions.Count == 0)
            document.Plain(words.Of("meeting.no-decision"));
        foreach (var (at, about) in content.Decisions.GroupBy(decision => decision.Project?.Name).Index())
        {
            document.Second(at + 1, about.Key ?? words.Of("meeting.general"));
            foreach (var (number, decision) in about.Index())
                document.Third(
                    number + 1,
                    words.Of(
                        "meeting.to-do",
                        decision.Text.TrimEnd('。', '.'),
                        decision.Owner.Name,
                        words.Day(decision.DueOn)
                    )
                );
        }

        if (content.Decisions.Count == 0)
            return;
        document.First(++part, words.Of("meeting.task-list"));
        document.Table(
            [
                words.Of("meeting.number"),
                words.Of("meeting.task"),
                words.Of("meeting.owner"),
                words.Of("meeting.due"),
                words.Of("meeting.state"),
            ],
            [9, 42, 19, 17, 13],
            content.Decisions.Select(
                (decision, number) =>
                    (IReadOnlyList<string>)
                        [
                            DocumentWords.Number(number + 1),
                            decision.Text,
                            decision.Owner.Name,
                            DocumentWords.Short(decision.DueOn),
                            words.Of(decision.Status),
                        ]
            )
        );
    }

    private static void Head(
        OfficialDocument document,
        ReadMeetings.Content content,
        DocumentWords words,
        string? cutOff
    )
    {
        var row = content.Row;
        document.Fact(
            words.Of("meeting.time"),
            row.StartsAt is null ? words.Day(row.HeldOn) : $"{words.Day(row.HeldOn)} {row.StartsAt}"
        );
        document.Fact(words.Of("meeting.place"), row.Place ?? words.Of("meeting.open"));
        document.Fact(words.Of("meeting.chair"), row.Chair);
        if (content.View.Attendees is { Count: > 0 } people)
            document.Fact(words.Of("meeting.attendees"), string.Join('、', people));
        if (cutOff is not null)
            document.Fact(words.Of("meeting.basis"), cutOff);
    }

    private static string OfProject(MeetingProject? project, string text, DocumentWords words) =>
        project is null ? text : words.Of("meeting.of-project", project.Name, text);

    private static string WithNote(string text, string? note) => note is null ? text : $"{text}（{note}）";

    private static string Of(this DocumentWords words, MeetingKind kind) =>
        words.Of($"enum.meeting-kind.{Slug.Of(kind)}");

    private static string Of(this DocumentWords words, Stage stage) => words.Of($"enum.stage.{Slug.Of(stage)}");

    private static string Of(this DocumentWords words, ActionStatus status) =>
        words.Of($"enum.action-status.{Slug.Of(status)}");

    private static string Total(this DocumentWords words, MeetingProject project) =>
        project.TotalInvestment is not { } total ? ""
        : project.Measured is { } measured ? $"{words.Amount(total)}（{words.Amount(measured)}）"
        : words.Amount(total);
}
