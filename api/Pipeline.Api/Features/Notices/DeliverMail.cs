using System.Diagnostics.Metrics;
using Pipeline.Data;
using Pipeline.Domain.Notices;

namespace Pipeline.Api.Features.Notices;

/// <summary>Sends by e-mail what people were told and have not read, as each of them wants it.</summary>
/// <remarks>
/// A process that wants to send takes a lease on what it sends, in a transaction of its own: two processes never send the same. What could not be sent is tried again, later each time;
/// what is lost with a process is sent by another once the lease is over. If a process dies between the server's 250 and its own commit, the mail is sent twice: nobody can prevent that.
/// Both then bear the same Message-ID, so that a mail reader shows one.
/// </remarks>
public sealed class DeliverMail(Database database, MailSettings settings, MailServer server, ILogger<DeliverMail> log)
{
    /// <summary>How long what is being sent is left alone by others: more than everything that is sent in one go may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>More than this at once (after an outage, or at the end of quiet hours) come as one mail.</summary>
    private const int Single = 5;

    private const int Refusals = 5;

    private static readonly Counter<long> Mails = Telemetry.Meter.CreateCounter<long>(
        "pipeline.mails",
        description: "Mails handed to the mail server, by how it took them."
    );

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1),
    ];

    public async Task WhatIsDue(CancellationToken cancel)
    {
        if (!settings.Enabled)
        {
            if (await database.Read(session => session.One<string>(AnyWaiting, new { limit = 1 }), cancel) is not null)
                await database.Write(session => session.Execute(SetAside));
            return;
        }

        foreach (
            var person in await database.Read(
                session => session.Query<string>(Due, new { now = session.Now, limit = 1000 }),
                cancel
            )
        )
        {
            try
            {
                if (!await Deliver(person, cancel))
                    return;
            }
            catch (UnreadableRecordException error)
            {
                log.LogError(error, "The address of {User} cannot be opened; notices wait", person);
            }
        }
    }

    /// <summary>Sends what is due to one person; false when the server takes no mail at all.</summary>
    private async Task<bool> Deliver(string person, CancellationToken cancel)
    {
        foreach (var parcel in await database.Write(session => Take(session, person)))
        {
            var posted = await server.Send(parcel.Letter, cancel);
            Mails.Add(1, new KeyValuePair<string, object?>("outcome", Slug.Of(posted)));
            await database.Write(session => Settle(session, person, parcel, posted));
            if (posted == Posted.Away)
                return false;
        }

        return true;
    }

    /// <summary>Decides on everything that waits for one person, and takes a lease on what is to be sent now.</summary>
    private async Task<List<Parcel>> Take(Session session, string userId)
    {
        var lease = Ids.New();
        if (
            await session.Execute(
                TakeLease,
                new
                {
                    userId,
                    lease,
                    now = session.Now,
                    until = session.Now + Lease,
                }
            ) == 0
        )
            return [];
        var person = await PersonalMail.Of(session, userId);
        var audience = Audience.Of(Slug.To<Role>(person.Role), person.JurisdictionId);
        var (muted, quiet) = (person.Muted, person.QuietUntil(session.Now));
        var now = new List<Row>();
        foreach (var row in await session.Query<Row>(Leased, new { userId, lease }))
        {
            var slot = person.DigestHour is { } hour ? MailHours.NextDigest(row.At, hour) : (DateTimeOffset?)null;
            if (
                person.Destination is null
                || row.ReadAt is not null
                || muted.Contains(row.What)
                || (row.Audience is not null && row.Audience != audience)
            )
                await session.Execute(Drop, new { userId, seq = row.Seq });
            else if (slot > session.Now)
                await session.Execute(
                    Postpone,
                    new
                    {
                        userId,
                        seq = row.Seq,
                        due = slot,
                    }
                );
            else if (slot is null && quiet is { } until)
                await session.Execute(
                    Postpone,
                    new
                    {
                        userId,
                        seq = row.Seq,
                        due = until,
                    }
                );
            else
                now.Add(row);
        }

        if (now.Count == 0)
            return [];
        return person.DigestHour is not null || now.Count > Single
            ? [new Parcel(lease, now, MailText.Digest(settings, person, now))]
            : [.. now.Select(row => new Parcel(lease, [row], MailText.Single(settings, person, row)))];
    }

    private static async Task Settle(Session session, string userId, Parcel parcel, Posted posted)
    {
        foreach (var row in parcel.Rows)
        {
            var attempts = row.MailAttempts + 1;
            var mail = posted switch
            {
                Posted.Sent => "sent",
                Posted.Refused when attempts >= Refusals => "failed",
                _ => "waiting",
            };
            await session.Execute(
                Record,
                new
                {
                    userId,
                    seq = row.Seq,
                    lease = parcel.Lease,
                    mail,
                    attempts,
                    due = session.Now + Pauses[Math.Min(attempts, Pauses.Length) - 1],
                }
            );
        }

        // A later letter of the same lease is tried again with the first.
        if (posted == Posted.Away)
            await session.Execute(Release, new { userId, lease = parcel.Lease });
        if (posted == Posted.Sent)
            session.Note(new AuditEntry("notice-mailed") { SubjectKind = "user", SubjectId = userId });
    }

    /// <summary>What goes into one letter.</summary>
    private sealed record Parcel(string Lease, IReadOnlyList<Row> Rows, Letter Letter);

    /// <summary>A notice that waits to be mailed to somebody.</summary>
    public sealed class Row
    {
        public long Seq { get; init; }
        public required string Id { get; init; }
        public required string Kind { get; init; }
        public string? Audience { get; init; }
        public required string Facts { get; init; }
        public DateTimeOffset At { get; init; }
        public DateTimeOffset? ReadAt { get; init; }
        public string? ClaimId { get; init; }
        public string? ProjectId { get; init; }
        public int MailAttempts { get; init; }

        public NoticeKind What => Slug.To<NoticeKind>(Kind);
    }

    private const string AnyWaiting =
        "SELECT user_id FROM notice_recipients WHERE mail = 'waiting' ORDER BY mail_due {page}";
    private const string SetAside = "UPDATE notice_recipients SET mail = 'none' WHERE mail = 'waiting'";

    private const string Due = """
        SELECT DISTINCT user_id FROM notice_recipients
        WHERE mail = 'waiting' AND mail_due <= @now AND (leased_until IS NULL OR leased_until < @now)
        ORDER BY user_id {page}
        """;

    private const string TakeLease = """
        UPDATE notice_recipients SET mail_lease = @lease, leased_until = @until
        WHERE user_id = @userId AND mail = 'waiting' AND mail_due <= @now AND (leased_until IS NULL OR leased_until < @now)
        """;

    private const string Leased = """
        SELECT r.seq, n.id, n.kind, n.audience, n.facts, n.at, r.read_at, n.claim_id, n.project_id, r.mail_attempts
        FROM notice_recipients r JOIN notices n ON n.id = r.notice_id
        WHERE r.user_id = @userId AND r.mail_lease = @lease AND r.mail = 'waiting' ORDER BY r.seq
        """;

    private const string Drop =
        "UPDATE notice_recipients SET mail = 'none', mail_lease = NULL, leased_until = NULL WHERE user_id = @userId AND seq = @seq";
    private const string Postpone =
        "UPDATE notice_recipients SET mail_due = @due, mail_lease = NULL, leased_until = NULL WHERE user_id = @userId AND seq = @seq";

    private const string Record = """
        UPDATE notice_recipients SET mail = @mail, mail_attempts = @attempts, mail_due = @due, mail_lease = NULL, leased_until = NULL
        WHERE user_id = @userId AND seq = @seq AND mail_lease = @lease
        """;

    private const string Release =
        "UPDATE notice_recipients SET mail_lease = NULL, leased_until = NULL WHERE user_id = @userId AND mail_lease = @lease";
}
