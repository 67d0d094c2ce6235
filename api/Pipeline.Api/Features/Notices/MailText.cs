using System.Text;
using Pipeline.Api.Http;

namespace Pipeline.Api.Features.Notices;

/// <summary>Notices as mail: what leaves the house names no secret project.</summary>
public static class MailText
{
    /// <summary>One notice, one mail: the sentence is the subject.</summary>
    public static Letter Single(MailSettings settings, PersonalMail person, DeliverMail.Row row)
    {
        var text = new StringBuilder();
        Write(text, settings, person.Language, row);
        return Letter(settings, person, $"{row.Id}.{person.Id}", Sentence(person.Language, row), text);
    }

    /// <summary>Several notices in one mail, oldest first.</summary>
    public static Letter Digest(MailSettings settings, PersonalMail person, IReadOnlyList<DeliverMail.Row> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            Write(text, settings, person.Language, row);
            text.Append('\n');
        }

        return Letter(
            settings,
            person,
            $"{rows[^1].Id}.{rows.Count}.{person.Id}",
            Messages.Text(person.Language, "mail.digest", rows.Count),
            text
        );
    }

    private static Letter Letter(
        MailSettings settings,
        PersonalMail person,
        string id,
        string subject,
        StringBuilder text
    )
    {
        text.Append("\n-- \n").Append(Messages.Text(person.Language, "mail.foot"));
        if (settings.PublicUrl is { } url)
            text.Append('\n').Append(url).Append("/account");
        return new Letter(
            id,
            person.Destination!,
            person.Language,
            $"{Messages.Text(person.Language, "mail.mark")}{subject}",
            text.Append('\n').ToString()
        );
    }

    private static void Write(StringBuilder text, MailSettings settings, string language, DeliverMail.Row row)
    {
        text.Append(Sentence(language, row)).Append('\n');
        if (NoticeText.Reason(Facts(row), openly: true) is { } reason)
            text.Append(Messages.Text(language, "mail.reason", reason.ReplaceLineEndings("\n    "))).Append('\n');
        if (settings.PublicUrl is { } url)
            text.Append(url)
                .Append(
                    row switch
                    {
                        { ClaimId: { } claim } => $"/claims/{claim}",
                        { ProjectId: { } project } => $"/projects/{project}",
                        _ => "/notices",
                    }
                )
                .Append('\n');
    }

    /// <summary>The sentence is one line: a name that was stored before names had to be must not make more of it.</summary>
    private static string Sentence(string language, DeliverMail.Row row) =>
        NoticeText.Of(language, row.What, Facts(row), openly: true).ReplaceLineEndings(" ");

    private static NoticeFacts Facts(DeliverMail.Row row) => Json.Read<NoticeFacts>(row.Facts);
}
