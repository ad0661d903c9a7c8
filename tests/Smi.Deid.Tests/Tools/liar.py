"""A tool that lies in the way its first argument says; the second is how it is spoken to: once, lines or json.

An honest one copies the source to the target and replaces what LIAR_REPLACE says (old=new, of the same length, one after the other with |)."""
import json
import os
import random
import shutil
import subprocess
import sys
import time

lie, speech = sys.argv[1], sys.argv[2]
answered = 0


def say(text, end="\n"):
    sys.stdout.write(text + end)
    sys.stdout.flush()


def hang():
    while True:
        time.sleep(60)


def do(source, target):
    with open(source, "rb") as file:
        data = file.read()
    for pair in filter(None, os.environ.get("LIAR_REPLACE", "").split("|")):
        old, new = pair.split("=")
        data = data.replace(old.encode(), new.encode())
    with open(target, "wb") as file:
        file.write(data)


def leave_helpers():
    """A child in the session, a daemon of its own session, and one that has even lost its environment."""
    subprocess.Popen(["sleep", "600"])
    subprocess.Popen(["setsid", "--fork", "sleep", "600"]).wait()
    subprocess.Popen(["setsid", "--fork", "env", "-i", "/bin/sleep", "600"]).wait()


def before_ready():
    if lie == "never ready":
        hang()
    if lie == "dies before it is ready":
        sys.exit(3)
    if lie == "talks before it is ready":
        say("Warning: something or other\nMore of it")
    if lie == "starts with a megabyte of errors":
        sys.stderr.write("x" * 1024 * 1024)


def misbehave(source, target):
    """True when nothing more is to be said about this file."""
    if lie == "hangs":
        hang()
    if lie == "dies":
        os._exit(4)
    if lie == "is killed":
        os.kill(os.getpid(), 9)
    if lie == "leaves helpers and dies":
        leave_helpers()
        os._exit(4)
    if lie == "leaves helpers and hangs":
        leave_helpers()
        hang()
    if lie == "leaves helpers and is done":
        leave_helpers()
    if lie == "prints half a line and dies":
        say("O", "")
        os._exit(0)
    if lie == "prints half a line and hangs":
        say("O", "")
        hang()
    if lie == "prints garbage and hangs":
        sys.stdout.buffer.write(random.Random(1).randbytes(200 * 1024).replace(b"\n", b"x"))
        sys.stdout.flush()
        hang()
    if lie == "prints a megabyte of errors":
        sys.stderr.write("x" * 1024 * 1024)
        sys.stderr.flush()
    if lie == "closes its output and hangs":
        os.close(1)
        hang()
    if lie == "takes a lot of memory":
        global ballast
        ballast = b"x" * (256 * 1024 * 1024)
        hang()
    if lie == "chatters":
        say("working on it")
    if lie == "answers something else":
        say("PERHAPS")
        return True
    if lie == "says OK in another way":
        say("OK, or so")
        return True
    if lie == "prints the patient's name":
        sys.stderr.write("cannot do Zimmermann^Klara\n")
        say("Zimmermann^Klara")
        return True
    if lie == "locks its folder":
        os.mkdir(os.path.dirname(target) + "/locked")
        open(os.path.dirname(target) + "/locked/file", "w").close()
        os.chmod(os.path.dirname(target) + "/locked", 0)
    return False


def write(source, target):
    if lie == "takes its time":
        time.sleep(0.01)
    if lie == "writes nothing":
        return
    if lie == "writes no DICOM":
        with open(target, "w") as file:
            file.write("no image at all")
    elif lie == "writes a link to the original":
        os.symlink(os.path.realpath(source), target)
    elif lie == "writes a pipe":
        os.mkfifo(target)
    elif lie == "gives the original back":
        shutil.copyfile(source, target)
    else:
        do(source, target)


def daemon():
    global answered
    before_ready()
    say("READY" if speech == "lines" else '{"ready": true}')
    for line in sys.stdin:
        line = line.rstrip("\n")
        if lie == "echoes":
            say(line)
            continue
        if speech == "lines":
            source, target = line.split(" ")
            identity, done, failed = "", "OK", f"[{source}:{target}] cannot do this"
        else:
            request = json.loads(line)
            source, target, identity = request["source"], request["target"], request["id"]
            done, failed = json.dumps({"id": identity, "ok": True}), json.dumps({"id": identity, "ok": False})
        if lie == "answers for another request":
            say(json.dumps({"id": "another", "ok": True}) if speech == "json" else failed.replace("source", "other"))
            continue
        if misbehave(source, target):
            continue
        if lie in ("refuses", "refuses on two lines"):
            say(failed + ("\nand this is why" if lie == "refuses on two lines" else ""))
            continue
        write(source, target)
        say(done)
        answered += 1
        if lie == "answers twice":
            say(done)
        if lie == "ends after its first answer":
            sys.exit(0)


def once():
    source, target = sys.argv[3], sys.argv[4]
    before_ready()
    if misbehave(source, target):
        sys.exit(0)
    if lie == "refuses":
        sys.exit(7)
    write(source, target)


once() if speech == "once" else daemon()
