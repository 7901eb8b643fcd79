"""The words that may be said of foreign logs: those below, and nothing else.

A line of the kernel or of the card service may hold anything, so no line and no part of one
ever leaves a terminal. What leaves are places in this list: a word that stands here is its
number, any run of other words is ANYTHING. A name, a number of a card, a path cannot be said
with it, whoever wrote it into a log.

Rule 1: words are added at the end and never taken away: numbers stand on disks and in tables.
Rule 2: no word is a name of a person (a test holds common ones against the list), or shorter
than three letters.
"""

from typing import Final

ANYTHING: Final = 0
"""One or more words that are not said."""
MOST: Final = 4096
"""Numbers are below this, also those of later versions."""

_WORDS: Final = """
<*> abort aborted aborting aborts accept accepted access acpi action activated active adapter add
added adding address after again alarm allocate allocated allocation already and answer apdu
apparmor apply are assigned assume async attach attached attempt attempting attribute audit
authentication available away back backtrace bad bank base battery because been before begin begun
being bios bit bits blk_update_request block blocked blocks boot both bridge brightness broken
btrfs buffer bug build bus busy bytes cable cache call called camera cannot canceled cancelled
capability capacity card cause caused ccid ccid_usb cgroup change changed channel charging check
checking checksum chip circuit class clean cleanup clear clk clock close closed clocksource code
command communication compatible complete completed completion config configuration configured
connect connected connection console constraint context control controller cooling copy core
corrected corrupt corrupted corruption could cpu cpufreq crash create created critical current
cycle daemon dangerous data dead deadlock deactivated debug default defaults deferred delay
delayed deleted denied descriptor destroyed detect detected determine device devices did died
dirty disable disabled disabling discarding disconnect disconnected disk display dma does done
down driver drivers drm dropped dropping due dump during ehci-pci ehci_hcd eject empty enable
enabled end endpoint enough entering entries entry enumerate enumeration eof error errors
escalating event events exceeded except exception excess exchange execution exist exists exit
exited exiting expected expired ext4-fs ext4_find_entry ext4_validate_block_bitmap extended
external fail failed failing failure failures fallback fatal fault features feature fifo file
files filesystem filter find finished firewall firmware flag flags flash flood for forced format
found frame framebuffer frames free frequency from frozen fsck full full-speed function gave get
getting gpio gpu gpt group guest halt halted handle handler hardware hash has have hci header high
high-speed host hotplug hub hub_port_status hwmon i/o iccpower icc idle idproduct idvendor ignored
ignoring image immediately incomplete incorrect index info init initialization initialize
initialized initializing inode input insert inserted inserting inside insmod install installed
instance instead instruction insufficient int interface internal interrupt interrupts interval
into invalid invoked iommu ioctl irq isolated journal kernel key keyboard kill killed killing
known largest last later layer led left length level libusb libusb_error_access libusb_error_busy
libusb_error_io libusb_error_no_device libusb_error_not_found libusb_error_pipe
libusb_error_timeout library limit limiting line link list listening load loaded loader loading
lock locked lockup log logical loop lost low low-speed machine magic major manager manufacturer
map mapped mapping match max-power maximum mbox mce media memory message metadata microcode min
minimum minor misc mismatch missed missing mmc mode model module monitor mount mounted mounting
mouse move moved multiple mute must name near need needed negative netdev netlink network never
new next nmi node none normal not notice notify null nvme object observed occurred off offline
offset old one online oom oom-killer oops open opened opening operation operational option options
order out out-of-memory over over-current overflow overheated overrun overruns owner packet
packets page pages panic parameter parity parse part partition pass passed path pci pcie pcm
pcsc-lite pcscd pending permanent permission permitted persistent phase phy physical pin pipe
platform please plug plugged plugin pnp pointer policy poll polling pool port ports possible power
powered powering powerstate preparing present previous printer probe probed probing problem
process processes product profile progress prot properly protocol pty quirk quota queue queued
quiet raid ram random range rate ratelimit rcu rcu_preempt reached read read-only reader readers
readfactory reading ready reason reassigned reboot receive received recover recovered recovering
recovery redirect reducing refused register registered registering reject rejected release
released reload remaining remapped remount remounting removal remove removed removing repeat
replay reply report reported request requested requests required requires reschedule reserved
reset resets resetting resource resources respond responding response restart restarted restarting
restore restored result resume resumed resuming retries retry retrying return returned returning
revision rfkill role root router rtc running runtime safe sata save scan scheduling scsi sdhci
sdmmc sector sectors security seen segfault select selected self self-detected send sending sense
sensor sent sequence serial serialnumber service session set setting settings setup several shared
short should shutdown shutting signal signature since single size skip skipped slab slot slow
socket soft softirq software some sound source space spare speed spurious squashfs stack stage
stall stalled stalls start started starting starts state states static status still stop stopped
stopping storage stream string stuck subsystem success successful successfully super superblock
superspeed supply support supported suppressed suspend suspended suspicious swap switch switched
sync synchronizing syncing syscall system table tainted taken target task temperature temporarily
terminated terminating test tested than that the then thermal thermal_sys thermal_zone there
thread threshold throttled throttling tick time timed timeout timer timestamp timing tls too total
tpm trace track transaction transfer transition transmit tried triggered truncated try trying tty
tunnel type unable unbalanced unclean uncorrectable underrun undervoltage unexpected unhandled
unit unknown unload unloaded unlock unmount unmounted unplugged unrecoverable unregistered
unresponsive unsupported until unused update updated usage usb usb-storage usbcore usbfs usbhid
use used user userspace using uvc uvcvideo value values vendor verification verify version via
video virtual voltage volume waiting wait wake wakeup warm warning was watchdog wdt were when
while wifi window with within without word work worker workqueue would write writing written wrong
xhci xhci_hcd your zero zone transmit_t1 transmit_t0 atr escape getdescriptor readusb writeusb
ccid_transmit ccid_receive cmdpoweron cmdpoweroff cmdgetslotstatus ifdhandler ifdwrapper
ifdhpowericc ifdhicctransmit ifdhcreatechannelbyname ehstatushandlerthread scardtransmit
scardconnect scarddisconnect winscard winscard_svc contextthread hotplug_libudev
hpestablishusbnotifications rfaddreader rfremovereader rfinitializereader eventhandler openusb
openusbbyname pcscdaemon bulk-in bulk-out class-specific cdc_acm ftdi_sio cdc-acm converter
coredump dumped general protection trap opcode unwind hardlockup softlockup rcu_sched jiffies
tasks media-error bmdma hsm softreset hardreset ahci aer correctable blk_print_req_error
critical-medium medium nvme0 smart remapping edac dimm ecc mmcblk jbd2 orphan readdir lblock comm
bitmap checksumming number above dev ordered authorized client unauthorized clients transacted
"""
WORDS: Final = tuple(_WORDS.split())
NUMBERS: Final = {word: number for number, word in enumerate(WORDS)}


def said(words: tuple[int, ...]) -> str:
    """Return a template as a text; a word of a later version than ours by its number."""
    return " ".join(WORDS[one] if one < len(WORDS) else f"<{one}>" for one in words)
