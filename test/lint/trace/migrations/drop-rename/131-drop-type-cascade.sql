DROP TYPE user_status CASCADE;
