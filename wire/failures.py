"""Everything that can be told as a failure; made from failures.toml, do not edit."""

from enum import StrEnum


class Failure(StrEnum):
    """Stable codes; each row of docs/failures.md."""

    CARD_REMOVED = "card.removed"
    """The card left the reader before it was read."""

    CARD_MUTE = "card.mute"
    """The card stopped answering; the card host was killed by its watchdog."""

    CARD_UNREADABLE = "card.unreadable"
    """The card sent something malformed, truncated or out of protocol."""

    CARD_FILE_MISSING = "card.file_missing"
    """A file the profile needs is not on the card."""

    CARD_KEY_REFUSED = "card.key_refused"
    """PACE failed with the key from the print: what was typed is not what is printed."""

    CARD_SIGNATURE_BAD = "card.signature_bad"
    """Passive authentication: the security object's signature does not hold."""

    CARD_DATA_CHANGED = "card.data_changed"
    """Passive authentication: a data group has another hash than the security object says."""

    CARD_SIGNER_UNKNOWN = "card.signer_unknown"
    """Passive authentication: no trusted CSCA issued the document signer."""

    CARD_SIGNER_EXPIRED = "card.signer_expired"
    """Passive authentication: the document signer or its CSCA is outside its validity."""

    CARD_SIGNER_REVOKED = "card.signer_revoked"
    """Passive authentication: a revocation list of the CSCA names the document signer."""

    CARD_CHIP_CLONED = "card.chip_cloned"
    """Chip authentication failed: the chip does not hold the key its signed data name."""

    CARD_DIFFERS_FROM_PRINT = "card.differs_from_print"
    """The chip says something else than the print."""

    CARD_OLD_FORM = "card.old_form"
    """A card of the 2003 form, no longer valid."""

    CARD_OLD_FORM_COUNTER = "card.old_form_counter"
    """A card of the 2003 form that is still valid; only a counter can serve it."""

    CARD_CONSULAR = "card.consular"
    """A Consular Corps identity card; a counter serves its holder."""

    CARD_CHILD = "card.child"
    """The holder is younger than anybody who can register."""

    CARD_MINOR = "card.minor"
    """The holder is a minor: a guardian has to consent, at a counter."""

    CARD_COPY_SUSPECTED = "card.copy_suspected"
    """The front under the camera looks like a copy: staff look at the card."""

    CARD_TRIES_USED = "card.tries_used"
    """The card could not be read within the allowed tries."""

    CARD_LEFT = "card.left"
    """The citizen left and the card stayed on the reader."""

    READER_MISSING = "reader.missing"
    """No reader is plugged in, or the PC/SC service is not running."""

    READER_FAULTY = "reader.faulty"
    """The reader answers with errors, or another program holds it."""

    CAMERA_MISSING = "camera.missing"
    """A camera is not plugged in or gives no frames."""

    CAMERA_BLANK = "camera.blank"
    """A camera gives frames without content: black, white or one colour."""

    CAMERA_FROZEN = "camera.frozen"
    """A camera repeats one frame."""

    CAMERA_SLOW = "camera.slow"
    """A camera gives too few frames: under six a second, or for a burst under switched lights."""

    CAMERA_CHANGED = "camera.changed"
    """Another camera is in the place of the one that was there."""

    CAMERA_VIRTUAL = "camera.virtual"
    """A program that poses as a camera is in a camera's place."""

    CAMERA_WRONG_SIZE = "camera.wrong_size"
    """A camera gives pictures of another size than it was asked for."""

    CAMERA_UNSTEADY = "camera.unsteady"
    """A camera's exposure jumps from frame to frame, or rolls through the picture."""

    CAMERA_UNCONTROLLED = "camera.uncontrolled"
    """A camera does not do what it is told about exposure or white balance."""

    VISION_CRASHED = "vision.crashed"
    """The vision process ended and is being restarted."""

    VISION_MODEL_ALTERED = "vision.model_altered"
    """A face model's SHA-256 is not the one shipped."""

    FACE_UNCLEAR = "face.unclear"
    """The local pre-check does not support that portrait and photograph show one person."""

    FACE_NO_PORTRAIT = "face.no_portrait"
    """No face was found in the chip's portrait."""

    FACE_FOR_STAFF = "face.for_staff"
    """The citizen was photographed without moves and colours: staff look themselves."""

    FACE_TRIES_USED = "face.tries_used"
    """No usable photograph within the allowed tries."""

    LIGHTS_MISSING = "lights.missing"
    """The light board is not plugged in."""

    LIGHTS_TIMEOUT = "lights.timeout"
    """The light board does not answer."""

    LIGHTS_GARBLED = "lights.garbled"
    """The light board sends something that its protocol forbids."""

    LIGHTS_FAULTY = "lights.faulty"
    """The light board says that a lamp draws no current."""

    PRINTER_MISSING = "printer.missing"
    """The receipt printer is not plugged in."""

    PRINTER_TIMEOUT = "printer.timeout"
    """The receipt printer does not answer."""

    PRINTER_PAPER_OUT = "printer.paper_out"
    """The receipt paper has run out."""

    PRINTER_COVER_OPEN = "printer.cover_open"
    """The receipt printer's cover is open."""

    PRINTER_FAULTY = "printer.faulty"
    """The receipt printer reports an error of its own."""

    OUTBOX_FULL = "outbox.full"
    """As many or as old records wait as the settings allow."""

    OUTBOX_WRITE_FAILED = "outbox.write_failed"
    """The record could not be made durable."""

    OUTBOX_DAMAGED = "outbox.damaged"
    """A waiting record is no more what was stored; it is set aside."""

    REGISTER_UNREACHABLE = "register.unreachable"
    """No connection to the register."""

    REGISTER_SLOW = "register.slow"
    """The register did not answer in time."""

    REGISTER_BAD_ANSWER = "register.bad_answer"
    """The register's answer is no answer of the agreed form, or its signature does not hold."""

    REGISTER_REFUSED = "register.refused"
    """The register refuses the record for good; it is kept apart."""

    REGISTER_REFERRED = "register.referred"
    """The register asks the citizen to see an officer."""

    REGISTER_BUSY = "register.busy"
    """The register has more to do than it can; try again later."""

    RECORD_UNSEALABLE = "record.unsealable"
    """The register cannot open the sealed record."""

    RECORD_MALFORMED = "record.malformed"
    """The unsealed content is no record of the agreed form."""

    RECORD_CONFLICT = "record.conflict"
    """Another content is already stored under this record id."""

    RECORD_TOO_LARGE = "record.too_large"
    """The sealed record is larger than the register takes."""

    RECORD_WRONG_TYPE = "record.wrong_type"
    """Content type, suite or key id are none the register offers."""

    RECORD_KEY_RETIRED = "record.key_retired"
    """Sealed to a key that the register opens no more; set aside, kept."""

    TERMINAL_UNKNOWN = "terminal.unknown"
    """The client certificate names no terminal in service."""

    TERMINAL_OFFLINE = "terminal.offline"
    """A terminal has missed three check-ins: look for power, network, then the terminal."""

    TERMINAL_UNUSUAL = "terminal.unusual"
    """A terminal behaves unlike itself and its neighbours; the alert says in which figure."""

    TERMINAL_COPIED = "terminal.copied"
    """A request in a terminal's name lacks its machine's signature: its key is used elsewhere."""

    TERMINAL_ATTACKED = "terminal.attacked"
    """Many presentations were rejected at one terminal in a short time: a security matter."""

    TERMINAL_REVOKED = "terminal.revoked"
    """The terminal's certificate is out of service: stolen, lost or retired."""

    TERMINAL_ORDERED_OUT = "terminal.ordered_out"
    """Operations have taken the terminal out of service; they put it back."""

    FLEET_UNREACHABLE = "fleet.unreachable"
    """The fleet's server cannot be reached from the terminal; readings are kept."""

    FLEET_REFUSED = "fleet.refused"
    """The fleet's server refuses the terminal's check-in; readings are kept."""

    FLEET_BUSY = "fleet.busy"
    """The fleet's server has more to store than it can; the terminal comes again later."""

    CHECKIN_MALFORMED = "checkin.malformed"
    """A check-in is of another shape than agreed, or holds what no catalogue knows."""

    CHECKIN_TOO_LARGE = "checkin.too_large"
    """A check-in is larger than any may be."""

    CHECKIN_WRONG_TYPE = "checkin.wrong_type"
    """A check-in of a version that the fleet's server does not know."""

    SIGNATURE_BAD = "signature.bad"
    """A request's signature is missing, of another profile, or does not hold."""

    SIGNATURE_CLOCK = "signature.clock"
    """A request was signed too long ago or in the future: the terminal's clock is wrong."""

    DISTRICT_SILENT = "district.silent"
    """Most terminals of a district fell silent together: look for the network first."""

    SESSIONS_FALLING = "sessions.falling"
    """Fewer visits are completed than usual at this terminal, beyond chance."""

    SCREEN_STUCK = "screen.stuck"
    """A screen that moves on by itself has stood still for a quarter of an hour."""

    SCREEN_LOST = "screen.lost"
    """The screens do not answer; the session was ended."""

    HOST_HOT = "host.hot"
    """The terminal's computer is too hot: look at fans, vents and sunlight."""

    CERTIFICATE_ENDING = "certificate.ending"
    """The terminal's certificate ends soon and was not renewed."""

    REQUEST_UNSIGNED = "request.unsigned"
    """A request to the register without a signature of the agreed form."""

    REQUEST_FORGED = "request.forged"
    """A request's signature does not hold, or is not by the key of the terminal's certificate."""

    REQUEST_REPLAYED = "request.replayed"
    """A signature that the register has seen before."""

    REQUEST_CLOCK_SKEW = "request.clock_skew"
    """A request was signed at another time than the register's; the answer says its time."""

    REQUEST_TOO_MANY = "request.too_many"
    """More requests than one terminal may make; try again later."""

    PHONE_UNKNOWN = "phone.unknown"
    """The phone has no account at the register."""

    STEP_UP_MALFORMED = "step_up.malformed"
    """An answer to a step-up challenge that is none of the agreed form."""

    CONSENT_MALFORMED = "consent.malformed"
    """A request for a guardian's consent that is none of the agreed form."""

    CONSENT_CONFLICT = "consent.conflict"
    """Another request for consent stands under this id, or its token is taken."""

    GUARDIAN_DECLINED = "guardian.declined"
    """The guardian answered, and does not consent."""

    GUARDIAN_EXPIRED = "guardian.expired"
    """No guardian answered while the request for consent was open."""

    GUARDIAN_WITHDRAWN = "guardian.withdrawn"
    """The guardian took the consent back before the record was sealed."""

    GUARDIAN_UNREACHABLE = "guardian.unreachable"
    """The register could not be asked for a guardian's consent: a minor needs it online."""

    GUARDIAN_UNKNOWN = "guardian.unknown"
    """The guardian's link is unknown, was answered already, or is too old."""

    ACTIVATION_UNKNOWN = "activation.unknown"
    """The activation link is unknown or was used already."""

    LINK_BAD_MESSAGE = "link.bad_message"
    """A message of another shape than agreed arrived."""

    PREVIEW_BAD_MEMORY = "preview.bad_memory"
    """The preview memory has another layout than agreed."""

    CLOCK_UNTRUSTED = "clock.untrusted"
    """The clock is not trusted; no enrolment until it is."""

    CONFIG_UNKNOWN_KEY = "config.unknown_key"
    """The settings hold a key that does not exist."""

    CONFIG_BAD_VALUE = "config.bad_value"
    """The settings hold a value outside its range."""

    CONFIG_NOT_THE_FLEETS = "config.not_the_fleets"
    """A bundle of settings names what is not the fleet's to set, or is none."""

    SESSION_LEFT = "session.left"
    """The citizen left."""

    SESSION_TIMED_OUT = "session.timed_out"
    """Nobody touched the screen in time."""

    SESSION_ASKED_HELP = "session.asked_help"
    """The citizen asked for help."""

    SESSION_COUNTER = "session.counter"
    """The citizen chose a counter."""

    SESSION_NOT_ELIGIBLE = "session.not_eligible"
    """The citizen cannot register at a terminal."""

    SESSION_NOT_MINE = "session.not_mine"
    """The citizen says that the details read from the card are not right."""

    DEVICE_ERROR = "device.error"
    """A device failed in a way without a code of its own."""

    DEVICE_MISSING = "device.missing"
    """A device is not plugged in."""

    DEVICE_TIMEOUT = "device.timeout"
    """A device did not answer in time."""

    DEVICE_FAULTY = "device.faulty"
    """A device reports a fault of its own."""

    DEVICE_SWAPPED = "device.swapped"
    """Another device stands in a place than before: exchanged, or tampered with."""

    DEVICE_PROTOCOL = "device.protocol"
    """A device protocol was broken."""

    DEVICE_PROTOCOL_LOCAL = "device.protocol_local"
    """We built something the device protocol forbids."""

    DEVICE_PROTOCOL_REMOTE = "device.protocol_remote"
    """A device sent something its protocol forbids."""

    TRAIL_BROKEN = "trail.broken"
    """The audit trail on disk was changed, cut or damaged."""

    TRAIL_UNWRITABLE = "trail.unwritable"
    """The disk took no further entry of the audit trail; the terminal ends."""

    CONTENT_MALFORMED = "content.malformed"
    """A bundle of public content is not whole or of another form than agreed."""

    CONTENT_SIGNATURE_BAD = "content.signature_bad"
    """A bundle of public content or a file of it is not signed by our key."""

    CONTENT_OLD = "content.old"
    """A bundle of public content is not newer than the one that is shown."""

    UPDATE_NOT_FETCHED = "update.not_fetched"
    """The repository did not answer, or not all came; the next look goes on from there."""

    UPDATE_EXPIRED = "update.expired"
    """The repository's metadata is out of date: nothing new is believed, the terminal goes on."""

    UPDATE_NOT_BELIEVED = "update.not_believed"
    """Metadata with too few or foreign signatures, or older than what is known."""

    UPDATE_CHANGED = "update.changed"
    """What came is longer than signed, or another content."""

    UPDATE_BAD_ANCHOR = "update.bad_anchor"
    """The root of trust on this terminal is none."""

    UPDATE_BAD_ROLLOUT = "update.bad_rollout"
    """A rollout of another form than agreed."""

    UPDATE_BAD_RELEASE = "update.bad_release"
    """What the signers say about a release has another form than agreed."""

    UPDATE_BAD_BUNDLE = "update.bad_bundle"
    """An archive that is not exactly what its manifest lists."""

    UPDATE_NO_ROOM = "update.no_room"
    """The disk cannot hold the release."""

    UPDATE_NO_VERSION = "update.no_version"
    """The folder of versions holds nothing that could be started."""

    UPDATE_UNSIGNED = "update.unsigned"
    """A rollout names what the offline signers did not: somebody may hold the fleet's key."""

    UPDATE_TOO_OLD = "update.too_old"
    """A rollout names a version older than the signers allow, or a step back nobody asked for."""

    UPDATE_FOREIGN_PYTHON = "update.foreign_python"
    """A release for another interpreter than this terminal's."""

    UPDATE_KNOWN_BAD = "update.known_bad"
    """A version that this terminal tried and gave up."""

    UPDATE_RUNS_ALREADY = "update.runs_already"
    """The version that runs."""

    UPDATE_UNDER_WAY = "update.under_way"
    """Another version is on trial."""

    UPDATE_NOTHING_BEFORE = "update.nothing_before"
    """There is no version to go back to."""

    ROLLOUT_STOPPED = "rollout.stopped"
    """Too many terminals failed, or fewer visits are completed: go back where it does harm."""

    ROLLOUT_STALLED = "rollout.stalled"
    """A wave takes too long: see who has not confirmed, leave out who cannot."""

    ROLLOUT_UNPUBLISHED = "rollout.unpublished"
    """The signed repository cannot be read, signed or written: rollouts stand still."""

    ROLLOUT_SAME_PERSON = "rollout.same_person"
    """Whoever asked for a rollout or approved it already cannot approve it; nor can a token."""

    ROLLOUT_NOT_NOW = "rollout.not_now"
    """The rollout stands where that cannot be done, or another of its kind is under way."""

    ACCESS_UNKNOWN = "access.unknown"
    """Nobody has signed in with this request, or no longer."""

    ACCESS_DENIED = "access.denied"
    """Whoever signed in may not do this, or not there."""

    ACCESS_REFUSED = "access.refused"
    """The provider of identities, or what it signed, lets nobody in."""

    ACCESS_PROVIDER_SILENT = "access.provider_silent"
    """The provider of identities does not answer; only the break-glass token opens."""

    ACCESS_BREAK_GLASS = "access.break_glass"
    """Somebody is in by the break-glass token: find out who and why, and renew the token."""

    FORM_MALFORMED = "form.malformed"
    """What was filled in cannot be used."""

    SEARCH_MALFORMED = "search.malformed"
    """What was searched for cannot be understood: too long, a quotation left open, or no word."""

    SEARCH_TOO_BROAD = "search.too_broad"
    """A search took too long: say more words, fewer days or fewer terminals."""

    COMMAND_UNSUPPORTED = "command.unsupported"
    """The terminal has nothing that could do what it was asked; see docs/fleet.md."""

    COMMAND_FAILED = "command.failed"
    """What the terminal was asked to do was tried and did not succeed."""

    COMMAND_INTERRUPTED = "command.interrupted"
    """The terminal's program ended while it did what it was asked; it is not tried again."""

    COMMAND_EXPIRED = "command.expired"
    """What was asked of a terminal was not begun in time; it is not done any more."""

    COMMAND_SILENT = "command.silent"
    """A terminal began what it was asked and never said what became of it."""

    COMMAND_SAME_PERSON = "command.same_person"
    """What is dangerous is approved by somebody else than who asked for it."""

    COMMAND_TOO_MANY = "command.too_many"
    """More terminals are meant than one command may reach."""

    BACKUP_FAILED = "backup.failed"
    """The fleet's database was not copied or not put back; what was there is there still."""

    STAFF_OUT_OF_SERVICE = "staff.out_of_service"
    """Staff took the terminal out of service; staff mode puts it back."""

    STAFF_PIN_REFUSED = "staff.pin_refused"
    """Another PIN than the service card's."""

    STAFF_LOCKED = "staff.locked"
    """Too many wrong PINs in a row; staff mode is locked for a while, citizens are served."""

    STAFF_TEST_FAILED = "staff.test_failed"
    """Staff judged that a device under test is not good."""

    STAFF_MEMORY_LOST = "staff.memory_lost"
    """What staff mode keeps could not be read; staff is locked out first."""

    POWER_LOW = "power.low"
    """The battery is nearly empty; no session begins until it is charged."""

    CLAIM_MISTYPED = "claim.mistyped"
    """What was read or typed is no claim code; read the slip again."""

    CLAIM_MALFORMED = "claim.malformed"
    """A claim, a certificate request or an answer to one has another shape than agreed."""

    CLAIM_REFUSED = "claim.refused"
    """The fleet does not know the claim code, or its time is over; ask for another."""

    CLAIM_USED = "claim.used"
    """Another machine has used the claim code; operations were told. Ask for another."""

    CLAIM_FORGED_FLEET = "claim.forged_fleet"
    """Who answers is not the fleet of the claim code: another, or a network's login page."""

    CLAIM_UNREACHABLE = "claim.unreachable"
    """The fleet that the claim code names does not answer."""

    CLAIM_NO_AUTHORITY = "claim.no_authority"
    """This fleet's server has no authority's key and issues no certificates."""

    CLAIM_CONTESTED = "claim.contested"
    """A used claim code was shown again with another key: two machines have it."""

    IDENTITY_NONE = "identity.none"
    """This machine has no identity: it must claim one first."""

    IDENTITY_NOT_KEPT = "identity.not_kept"
    """The terminal's key cannot be kept: no TPM, no host key, no room."""

    IDENTITY_NO_TPM = "identity.no_tpm"
    """No TPM answers, or what talks to one is not installed; the machine's key cannot sign."""

    IDENTITY_LOCKED = "identity.locked"
    """The terminal's key does not open here: another machine, other firmware, or altered."""

    IDENTITY_EXPIRED = "identity.expired"
    """The terminal's certificate has ended; only a new claim code helps."""

    PROVISION_BAD_ANSWERS = "provision.bad_answers"
    """The site's answers have an unknown key or an unusable value."""

    PROVISION_NO_NETWORK = "provision.no_network"
    """The fleet or the register cannot be reached from here."""

    PROVISION_NO_PANEL = "provision.no_panel"
    """No panel is connected."""

    PROVISION_OTHER_PANEL = "provision.other_panel"
    """The panel has another size than the site's answers say."""

    PROVISION_NO_TOUCH = "provision.no_touch"
    """No touchscreen is there, or nobody touched it in time."""

    PROVISION_TOUCH_WILD = "provision.touch_wild"
    """The four corners that were touched are no rectangle."""

    PROVISION_NO_CARD = "provision.no_card"
    """No test card was laid on the reader in time."""

    PROVISION_NO_SLIP = "provision.no_slip"
    """No claim code was seen or typed."""

    PROVISION_NO_SOUND = "provision.no_sound"
    """Nothing here plays sound."""

    PROVISION_UNJUDGED = "provision.unjudged"
    """Nobody said whether what can be seen or heard is good."""

    PROVISION_JUDGED_BAD = "provision.judged_bad"
    """Whoever sets the terminal up judged that a device is not good."""

    PROVISION_OTHER_SITE = "provision.other_site"
    """The claim code is for another site than the answers name."""

    PROVISION_NO_ANCHORS = "provision.no_anchors"
    """The register's keys did not come with the package."""

    PROVISION_SETTINGS_REFUSED = "provision.settings_refused"
    """The terminal does not accept the settings that were made for it."""

    PROVISION_NOT_FIT = "provision.not_fit"
    """The self-test found what must not be: swap, core dumps, a shut key, no room, no issuer."""

    RETIRE_PENDING = "retire.pending"
    """Records wait for the register: drain the outbox or export it first; nothing was touched."""

    RETIRE_NOT_EXPORTED = "retire.not_exported"
    """The sealed records were not written out whole; nothing was touched."""

    RETIRE_NOT_WIPED = "retire.not_wiped"
    """Something of the terminal could not be destroyed; the report says what."""

    QUEUE_UNREADABLE = "queue.unreadable"
    """The file holds no sealed records of this terminal, or was altered."""
