using System.Net;
using System.Net.Mail;
using System.Text;
using Pipeline.Api.Http;

namespace Pipeline.Api.Features.Notices;

/// <summary>The mail server, from <c>Mail:…</c>; without <c>Mail:Host</c> no mail is sent.</summary>
public sealed class MailSettings
{
    /// <exception cref="InvalidOperationException">A setting is missing or wrong: the message says which.</exception>
    public MailSettings(IConfiguration configuration)
    {
        var mail = configuration.GetSection("Mail");
        Host = mail["Host"] is { Length: > 0 } host ? host : null;
        StartTls = mail["StartTls"] switch
        {
            null or "" or "true" or "True" => true,
            "false" or "False" => false,
            var other => throw new InvalidOperationException($"Mail:StartTls is '{other}'; it can be true or false."),
        };
        Port =
            mail["Port"] is not { Length: > 0 } port ? 587
            : ushort.TryParse(port, out var number) && number > 0 ? number
            : throw new InvalidOperationException($"Mail:Port is '{port}', which is no port.");
        User = mail["User"] is { Length: > 0 } user ? user : null;
        Password = mail["Password"];
        PublicUrl = PublicAddress.Read(configuration, "Mail:PublicUrl")
            ?? PublicAddress.Read(configuration, "Public:Url");
        if (Host is null)
            return;
        From = MailAddress.TryCreate(mail["From"], out var from)
            ? from
            : throw new InvalidOperationException(
                "Mail:From must be the address that mail comes from, when Mail:Host is set."
            );
        if (User is not null && !StartTls)
            throw new InvalidOperationException(
                "Mail:User is set and Mail:StartTls is false: the password would be sent in the clear."
            );
    }

    public string? Host { get; }
    public int Port { get; }
    public MailAddress? From { get; }
    public string? User { get; }
    public string? Password { get; }
    public bool StartTls { get; }

    /// <summary>Where people reach the pages; null: mail has no links.</summary>
    public string? PublicUrl { get; }

    public bool Enabled => Host is not null;
}

/// <summary>A mail to one person.</summary>
/// <param name="Id">The left part of its Message-ID: the same when the same is sent again.</param>
public sealed record Letter(string Id, string To, string Language, string Subject, string Text);

/// <summary>How a letter went.</summary>
public enum Posted
{
    Sent,

    /// <summary>The server refuses this recipient.</summary>
    Refused,

    /// <summary>The server asks to come again with a letter to this recipient.</summary>
    Later,

    /// <summary>The server cannot be reached, or takes no letter at all.</summary>
    Away,
}

/// <summary>Hands letters to the mail server.</summary>
public sealed class MailServer(MailSettings settings, ILogger<MailServer> log)
{
    /// <summary>How long a letter may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<Posted> Send(Letter letter, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            using var message = new MailMessage(settings.From!, new MailAddress(letter.To))
            {
                Subject = letter.Subject,
                SubjectEncoding = Encoding.UTF8,
                Body = letter.Text,
                BodyEncoding = Encoding.UTF8,
            };
            message.Headers.Add("Message-ID", $"<{letter.Id}@{settings.From!.Host}>");
            message.Headers.Add("Auto-Submitted", "auto-generated");
            message.Headers.Add("Content-Language", letter.Language);
            using var client = new SmtpClient(settings.Host, settings.Port)
            {
                EnableSsl = settings.StartTls,
                Credentials = settings.User is { } user ? new NetworkCredential(user, settings.Password) : null,
            };
            await client.SendMailAsync(message, limit.Token);
            return Posted.Sent;
        }
        catch (SmtpFailedRecipientException error)
        {
            // Addresses are personal: the log has the code, not the recipient.
            log.LogWarning("The mail server did not take a notice for its recipient: {Status}", error.StatusCode);
            return (int)error.StatusCode >= 500 ? Posted.Refused : Posted.Later;
        }
        catch (SmtpException error)
        {
            log.LogWarning(
                "The mail server did not take a notice: {Status} {Reason}",
                error.StatusCode,
                error.InnerException?.Message
            );
            return Posted.Away;
        }
        catch (FormatException)
        {
            return Posted.Refused;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning("The mail server did not answer in time; it will be tried again");
            return Posted.Away;
        }
    }
}
