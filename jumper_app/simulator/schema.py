"""The tables of the stand-in's memory."""

SCHEMA = """
create table if not exists phone (
  key text primary key, channel text not null, name text not null, facts text not null,
  online int not null default 1, reading text not null default '', typing_until real);
create table if not exists heard (
  phone text, number text, at real not null, primary key (phone, number));
create table if not exists message (
  seq integer primary key, id text unique, phone text, number text, from_customer int,
  type text, content text, at real, state text, quotes text, reference text, category text,
  error int);
create index if not exists message_of_phone on message (phone, seq);
create table if not exists media (
  id text primary key, number text, mime text, content blob, sha256 blob, filename text,
  expires_at real);
create table if not exists request (
  seq integer primary key, at real, channel text, number text, reference text, message text,
  accepted int, code int, fault text, body text);
create index if not exists request_of_reference on request (reference);
create table if not exists fault (
  seq integer primary key, left_over int, script text not null);
create table if not exists bucket (key text primary key, tokens real, at real);
create table if not exists webhook (
  seq integer primary key autoincrement, channel text, body blob, about text, state text,
  attempts int, answer int, at real);
create table if not exists setting (key text primary key, value text);
"""
SHAPE = 2
"""Grows when ``SCHEMA`` changes; an older file is begun anew, and the demo fills it again."""
TABLES = (
    "phone", "heard", "message", "media", "request", "fault", "bucket", "webhook", "setting",
)  # fmt: skip
CLEAR = """
delete from phone; delete from heard; delete from message; delete from media;
delete from request; delete from fault; delete from bucket; delete from webhook;
delete from setting;
"""
